-- A made-up national extract. Every person, team and provider is invented; only the area codes are real.
-- The number of referrals, the last day, the months and whether a referral is sent every month are given. "draw" gives the same share of 1 for the same number and word every time.
CREATE MACRO draw(number, word) AS (hash(number, word) % 1000003) / 1000003.0;
CREATE MACRO years(birth, day) AS
  CAST(year(day) - year(birth) - CAST((month(day), day(day)) < (month(birth), day(birth)) AS INTEGER) AS BIGINT);
CREATE MACRO month_id(day) AS CAST(12 * (year(day) - 1900) + month(day) - 3 AS BIGINT);

CREATE TABLE person AS
WITH drawn AS (
  SELECT p, draw(p, 'group') AS g, draw(p, 'birth') AS b, draw(p, 'area') AS a,
         CAST($until AS DATE) AS until
  FROM range(CAST(greatest($referrals * 0.8, 1) AS BIGINT)) AS numbers(p)
), born AS (
  SELECT p, a, g,
    CASE WHEN g < 0.009 THEN 'baby' WHEN g < 0.28 THEN 'child' ELSE 'adult' END AS life,
    CASE WHEN g < 0.009 THEN until - CAST(20 + b * 2300 AS INTEGER)
         WHEN g < 0.28 THEN until - CAST(2320 + b * 4500 AS INTEGER)
         ELSE until - CAST(6900 + b * 24000 AS INTEGER) END AS birth
  FROM drawn
)
SELECT p, 'P' || p AS person, life, birth,
  (SELECT count(*) FROM areas) AS areas,
  CAST(floor(a * (SELECT count(*) FROM areas)) AS BIGINT) AS area,
  draw(p, 'moves') < 0.03 AS moves,
  CASE WHEN draw(p, 'wales') < 0.015 THEN 'W06000001' WHEN draw(p, 'wales') < 0.04 THEN NULL
       WHEN draw(p, 'wales') < 0.05 THEN '' ELSE 'E08000001' END AS district,
  draw(p, 'noarea') < 0.02 AS no_area,
  CASE WHEN draw(p, 'nobirth') < 0.01 THEN NULL ELSE birth END AS known_birth,
  CASE WHEN draw(p, 'sex') < 0.49 THEN '1' WHEN draw(p, 'sex') < 0.97 THEN '2'
       WHEN draw(p, 'sex') < 0.98 THEN '3' ELSE NULL END AS gender,
  ['A', 'A', 'A', 'A', 'A', 'B', 'C', 'D', 'F', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'S', 'Z', NULL]
    [1 + CAST(floor(draw(p, 'ethnic') * 20) AS INTEGER)] AS ethnic,
  (SELECT count(*) FROM small_areas) AS small_areas,
  CAST(floor(draw(p, 'lsoa') * (SELECT count(*) FROM small_areas)) AS BIGINT) AS small_area
FROM born;

CREATE TABLE referral AS
WITH drawn AS (
  SELECT r, CAST(floor(draw(r, 'person') * greatest($referrals * 0.8, 1)) AS BIGINT) AS p,
    CAST($until AS DATE) - CAST(floor(draw(r, 'received') * $months * 30.4) AS INTEGER) AS received
  FROM range($referrals) AS numbers(r)
), placed AS (
  SELECT d.*, person, life, birth, known_birth,
    'X' || lpad(CAST(1 + CAST(floor(area * 60 / areas) AS INTEGER) AS VARCHAR), 2, '0') AS provider,
    1 + CAST(floor(draw(r, 'team') * 4) AS INTEGER) AS team
  FROM drawn AS d JOIN person USING (p)
)
SELECT *,
  provider || 'R' || r AS referral,
  CASE WHEN life = 'adult' THEN 'A' WHEN life = 'child' THEN 'C'
       WHEN draw(r, 'adultteam') < 0.06 THEN 'A' WHEN team <= 2 THEN 'B' ELSE 'C' END || team AS team_id,
  CASE WHEN known_birth IS NULL THEN NULL ELSE years(birth, received) END AS age,
  CASE WHEN draw(r, 'reject') < (CASE life WHEN 'baby' THEN 0.3 ELSE 0.12 END)
       THEN received + CAST(3 + floor(draw(r, 'rejectday') * 25) AS INTEGER) END AS rejected,
  CASE WHEN draw(r, 'leave') < 0.6
       THEN received + CAST(30 + floor(draw(r, 'leaveday') * 300) AS INTEGER) END AS discharged,
  ['A1', 'A2', 'A2', 'A4', 'C1', 'B2', 'F3', 'P1'][1 + CAST(floor(draw(r, 'source') * 8) AS INTEGER)] AS source,
  CASE WHEN life = 'baby' THEN ['21', '19', '13', '24'] WHEN life = 'child' THEN ['05', '15', '24', '25']
       ELSE ['04', '05', '13', '01'] END[1 + CAST(floor(draw(r, 'reason') * 4) AS INTEGER)] AS reason
FROM placed;

CREATE TABLE contact AS
WITH several AS (
  SELECT *, unnest(range(CAST(floor(-5.2 * ln(1 - draw(r, 'contacts'))) AS BIGINT))) AS k
  FROM referral WHERE rejected IS NULL OR draw(r, 'seenanyway') < 0.1
), dated AS (
  SELECT *, r * 100 + least(k, 99) AS c,
    received + CAST(8 + k * 16 + floor(draw(r * 100 + k, 'day') * 30) AS INTEGER) AS day
  FROM several
)
SELECT *, provider || 'C' || c AS contact_id,
  ['5', '5', '5', '5', '5', '5', '5', '5', '5', '6', '7', '3', '3', '2', '4', NULL]
    [1 + CAST(floor(draw(c, 'attend') * 16) AS INTEGER)] AS attend,
  ['01', '01', '01', '01', '01', '01', '02', '02', '11', '11', '04', '09', '05', '98', '01', NULL]
    [1 + CAST(floor(draw(c, 'mechanism') * 16) AS INTEGER)] AS mechanism,
  CASE WHEN known_birth IS NULL THEN NULL ELSE years(birth, day) END AS contact_age
FROM dated WHERE day <= CAST($until AS DATE) AND day >= birth;

CREATE TABLE indirect AS
SELECT r, p, person, referral, provider, received + CAST(floor(draw(r, 'indirect') * 4000) AS INTEGER) AS day
FROM referral WHERE draw(r, 'indirect') < 0.05 AND received + 200 <= CAST($until AS DATE);

CREATE TABLE referral_month AS
SELECT r, p, month_id(received) AS month FROM referral WHERE received <= CAST($until AS DATE)
UNION
SELECT r, p, month_id(least(coalesce(rejected, discharged), CAST($until AS DATE))) AS month
FROM referral WHERE coalesce(rejected, discharged) IS NOT NULL
UNION
SELECT r, p, month_id(day) AS month FROM contact WHERE $monthly
UNION
SELECT r, p, month_id(day) AS month FROM indirect WHERE $monthly;

CREATE TABLE record AS
SELECT DISTINCT p, month FROM (
  SELECT p, month FROM referral_month UNION ALL SELECT p, month_id(day) FROM contact
  UNION ALL SELECT p, month_id(day) FROM indirect
);

CREATE VIEW "MHS001MPI" AS
SELECT person || 'M' || month AS RecordNumber, month AS UniqMonthID,
  'X' || lpad(CAST(1 + CAST(floor(area * 60 / areas) AS INTEGER) AS VARCHAR), 2, '0') AS OrgIDProv,
  person AS Person_ID, known_birth AS PersonBirthDate, district AS LADistrictAuth,
  CASE WHEN no_area THEN NULL ELSE a.code END AS OrgIDSubICBLocResidence,
  CASE WHEN known_birth IS NULL THEN NULL
       ELSE years(birth, make_date(CAST(1900 + (month + 2) // 12 AS BIGINT), CAST((month + 2) % 12 + 1 AS BIGINT), 28)) END
    AS AgeRepPeriodEnd,
  gender AS Gender, gender AS GenderIDCode, CAST(NULL AS VARCHAR) AS GenderSameAtBirth, ethnic AS EthnicCategory,
  CASE WHEN draw(p, 'nolsoa') < 0.05 THEN NULL ELSE s.code END AS LSOA2021
FROM record JOIN person USING (p)
LEFT JOIN areas AS a ON a.number = (area + CASE WHEN moves AND month > month_id(CAST($until AS DATE)) - 8 THEN 1 ELSE 0 END) % areas
LEFT JOIN small_areas AS s ON s.number = small_area;

CREATE VIEW "MHS101Referral" AS
SELECT lpad(CAST(row_number() OVER (ORDER BY month, r) AS VARCHAR), 10, '0') AS MHS101UniqID,
  person || 'M' || month AS RecordNumber, month AS UniqMonthID, provider AS OrgIDProv, person AS Person_ID,
  'R' || r AS ServiceRequestID, referral AS UniqServReqID, received AS ReferralRequestReceivedDate,
  age AS AgeServReferRecDate,
  CASE WHEN month_id(rejected) <= month THEN rejected END AS ReferRejectionDate,
  CASE WHEN month_id(discharged) <= month THEN discharged END AS ServDischDate,
  CASE team_id[1] WHEN 'A' THEN ['A06', 'C02', 'A18', 'F02'][team] WHEN 'B' THEN 'Z01'
       ELSE ['A06', 'C01', 'A06', 'E03'][team] END AS ServTeamType,
  CASE team_id[1] WHEN 'A' THEN '03' ELSE '02' END AS ServTeamIntAgeGroup,
  'E54' AS OrgIDComm, source AS SourceOfReferralMH, reason AS PrimReasonReferralMH,
  provider || team_id AS UniqCareProfTeamLocalID
FROM referral_month JOIN referral USING (r, p);

CREATE VIEW "MHS201CareContact" AS
WITH sent AS (
  SELECT *, unnest(range(CASE WHEN draw(c, 'twice') < 0.005 THEN 2 ELSE 1 END)) AS copy FROM contact
)
SELECT lpad(CAST(c * 2 + copy AS VARCHAR), 14, '0') AS MHS201UniqID, person || 'M' || month_id(day) AS RecordNumber,
  month_id(day) AS UniqMonthID, provider AS OrgIDProv, person AS Person_ID, referral AS UniqServReqID,
  contact_id AS UniqCareContID, day AS CareContDate, contact_age AS AgeCareContDate, attend AS AttendStatus,
  mechanism AS ConsMechanismMH
FROM sent;

CREATE VIEW "MHS102OtherServiceType" AS
SELECT lpad(CAST(r AS VARCHAR), 10, '0') AS MHS102UniqID, person || 'M' || month_id(received) AS RecordNumber,
  person AS Person_ID, referral AS UniqServReqID, 'C02' AS ServTeamTypeRefToMH, '01' AS ServTeamIntAgeGroup,
  CAST(NULL AS DATE) AS ReferRejectionDate
FROM referral WHERE draw(r, 'other') < 0.02;

CREATE VIEW "MHS204IndirectActivity" AS
SELECT person || 'M' || month_id(day) AS RecordNumber, person AS Person_ID, referral AS UniqServReqID,
  day AS IndirectActDate
FROM indirect;

CREATE VIEW "MHS002GP" AS
SELECT person || 'M' || month AS RecordNumber, month AS UniqMonthID, person AS Person_ID,
  CASE WHEN draw(p, 'gp') < 0.03 THEN 'V81997' ELSE 'G' || (p % 80000) END AS GMPReg,
  a.code AS OrgIDSubICBLocGP, CASE WHEN draw(p, 'gpend') < 0.03 THEN birth + 30 END AS EndDateGMPRegistration
FROM record JOIN person USING (p)
LEFT JOIN areas AS a ON a.number = (area + CASE WHEN draw(p, 'gpfar') < 0.1 THEN 1 ELSE 0 END) % areas;

CREATE VIEW "AcceptsUnderTwos" AS
WITH homes AS (
  SELECT 'X' || lpad(CAST(1 + CAST(floor(number * 60 / (SELECT count(*) FROM areas)) AS INTEGER) AS VARCHAR), 2, '0') AS provider,
    min_by(code, number) AS board
  FROM boards GROUP BY provider
)
SELECT DISTINCT provider AS OrgIDProv,
  CASE WHEN draw(provider, 'accepts') < 0.55 THEN 'yes' WHEN draw(provider, 'accepts') < 0.9 THEN 'no' ELSE 'not known' END AS Accepts,
  board AS ICB, 'made up' AS Source
FROM referral LEFT JOIN homes USING (provider);
