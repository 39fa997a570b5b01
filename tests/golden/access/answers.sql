-- The measures from their written definitions in SQLite's SQL, by hand: no line is shared with the package.
-- Tables mpi, ref, con hold the extract's columns as text, areas holds sub_icb, icb. The window is 2025.
CREATE VIEW person AS
  SELECT RecordNumber AS rec, PersonBirthDate AS birth, coalesce(a.icb, 'UNKNOWN') AS icb,
         (LADistrictAuth = '' OR LADistrictAuth IS NULL OR substr(LADistrictAuth, 1, 1) = 'E') AS england
  FROM mpi LEFT JOIN areas a ON a.sub_icb = mpi.OrgIDSubICBLocResidence;

CREATE VIEW spoke AS
  SELECT c.*, coalesce(p.icb, 'UNKNOWN') AS icb, coalesce(p.england, 1) AS england
  FROM con c LEFT JOIN person p ON p.rec = c.RecordNumber
  WHERE AttendStatus IN ('5', '6') AND ConsMechanismMH IN ('01', '02', '04', '11')
    AND AgeCareContDate <> '' AND Person_ID <> ''
    AND EXISTS (SELECT 1 FROM ref r WHERE r.Person_ID = c.Person_ID AND r.UniqServReqID = c.UniqServReqID);

CREATE VIEW seen AS
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY Person_ID, UniqCareContID, CareContDate
                                 ORDER BY CAST(UniqMonthID AS INTEGER), MHS201UniqID) AS copy
    FROM spoke WHERE CareContDate BETWEEN '2025-01-01' AND '2025-12-31' AND england
  ) WHERE copy = 1;

CREATE VIEW placed AS
  SELECT Person_ID AS person, 'England' AS place, CareContDate AS day, CAST(AgeCareContDate AS INTEGER) AS age, UniqServReqID AS referral FROM seen
  UNION ALL
  SELECT Person_ID, icb, CareContDate, CAST(AgeCareContDate AS INTEGER), UniqServReqID FROM seen;

CREATE VIEW people AS
  SELECT person, place, count(*) AS n,
         (SELECT age FROM placed q WHERE q.person = p.person AND q.place = p.place ORDER BY day, age LIMIT 1) AS age,
         (SELECT max(k) FROM (SELECT count(*) AS k FROM placed q WHERE q.person = p.person AND q.place = p.place GROUP BY referral)) AS most
  FROM placed p GROUP BY person, place;

CREATE VIEW first_row AS
  SELECT * FROM (
    SELECT r.*, row_number() OVER (PARTITION BY UniqServReqID ORDER BY CAST(UniqMonthID AS INTEGER), MHS101UniqID) AS copy FROM ref r
  ) WHERE copy = 1;

CREATE VIEW received AS
  SELECT f.UniqServReqID AS referral, coalesce(p.icb, 'UNKNOWN') AS icb, CAST(AgeServReferRecDate AS INTEGER) AS age,
         NOT EXISTS (SELECT 1 FROM ref r WHERE r.UniqServReqID = f.UniqServReqID AND r.ReferRejectionDate <> '') AS accepted
  FROM first_row f LEFT JOIN person p ON p.rec = f.RecordNumber
  WHERE ReferralRequestReceivedDate BETWEEN '2025-01-01' AND '2025-12-31' AND coalesce(p.england, 1) AND AgeServReferRecDate <> '';

CREATE VIEW open_case AS
  SELECT f.Person_ID AS person, f.UniqServReqID AS referral,
         2025 - CAST(substr(p.birth, 1, 4) AS INTEGER) - (substr(p.birth, 6) > '12-31') AS age
  FROM first_row f JOIN person p ON p.rec = f.RecordNumber
  WHERE p.england AND p.birth <> '' AND p.birth <= '2025-12-31' AND ReferralRequestReceivedDate <= '2025-12-31'
    AND NOT EXISTS (SELECT 1 FROM ref r WHERE r.UniqServReqID = f.UniqServReqID
                    AND ((r.ReferRejectionDate <> '' AND r.ReferRejectionDate <= '2025-12-31')
                      OR (r.ServDischDate <> '' AND r.ServDischDate <= '2025-12-31')));

CREATE VIEW on_caseload AS
  SELECT o.person, s.icb AS place, min(o.age) AS age FROM open_case o
  JOIN spoke s ON s.Person_ID = o.person AND s.UniqServReqID = o.referral AND s.CareContDate <= '2025-12-31'
  GROUP BY o.person, s.icb
  UNION ALL
  SELECT o.person, 'England', min(o.age) FROM open_case o
  JOIN spoke s ON s.Person_ID = o.person AND s.UniqServReqID = o.referral AND s.CareContDate <= '2025-12-31'
  GROUP BY o.person;

CREATE VIEW single AS
  SELECT 'children_ge1' AS measure, place, age, count(*) AS n FROM people GROUP BY place, age
  UNION ALL SELECT 'children_ge2', place, age, count(*) FROM people WHERE n >= 2 GROUP BY place, age
  UNION ALL SELECT 'children_ge2_one_referral', place, age, count(*) FROM people WHERE most >= 2 GROUP BY place, age
  UNION ALL SELECT 'caseload', place, age, count(*) FROM on_caseload GROUP BY place, age
  UNION ALL SELECT 'referrals_received', 'England', age, count(*) FROM received GROUP BY age
  UNION ALL SELECT 'referrals_received', icb, age, count(*) FROM received GROUP BY icb, age
  UNION ALL SELECT 'referrals_accepted', 'England', age, sum(accepted) FROM received GROUP BY age
  UNION ALL SELECT 'referrals_accepted', icb, age, sum(accepted) FROM received GROUP BY icb, age;

CREATE VIEW at_age AS
  SELECT person, place, age, count(*) AS n FROM placed WHERE age BETWEEN 0 AND 2 GROUP BY person, place, age;

SELECT measure, place, CAST(age AS TEXT) AS age, n FROM single WHERE age BETWEEN 0 AND 2
UNION ALL SELECT measure, place, '0-2', sum(n) FROM single WHERE age BETWEEN 0 AND 2 GROUP BY measure, place
UNION ALL SELECT 'children_ge1_anyage', place, CAST(age AS TEXT), count(*) FROM at_age GROUP BY place, age
UNION ALL SELECT 'children_ge1_anyage', place, '0-2', count(DISTINCT person) FROM at_age GROUP BY place
UNION ALL SELECT 'children_ge2_anyage', place, CAST(age AS TEXT), count(*) FROM at_age WHERE n >= 2 GROUP BY place, age
UNION ALL SELECT 'children_ge2_anyage', place, '0-2', count(DISTINCT person) FROM at_age WHERE n >= 2 GROUP BY place
ORDER BY 1, 2, 3;
