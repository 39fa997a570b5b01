"""The registry of public pages: every page that is not named here needs a sign-in."""

PUBLIC_PAGES: dict[str, str] = {
    "desk:start": "the front door: a choice between referring, asking for help and signing in",
    "desk:privacy": "how records are kept safe, for anyone",
    "desk:accessibility": "the accessibility statement",
    "desk:health": "says to a monitor that the service answers",
    "referrals:public_start": "a referral can be made without an account",
    "referrals:public_step": "a referral can be made without an account",
    "referrals:public_check": "a referral can be made without an account",
    "referrals:public_receipt": "a referrer keeps the reference",
    "referrals:public_stop": "a referrer may throw away what they wrote",
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_reauthenticate": "signing in again",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password",
    "account_reset_password_from_key_done": "a forgotten password",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "openid_connect_login": "signing in with the organisation's account",
    "openid_connect_callback": "signing in with the organisation's account",
    "socialaccount_login_cancelled": "signing in with the organisation's account",
    "socialaccount_login_error": "signing in with the organisation's account",
    "socialaccount_signup": "says that an account must be made by an administrator first",
    "account_signup": "says that an account must be made by an administrator first",
    "account_inactive": "says that an account is closed",
}
"""The name of each public page and why it is public."""

SECOND_STEP_PAGES = frozenset(
    {
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"),
        *("mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_download_recovery_codes"),
        *("account_logout", "account_reauthenticate", "mfa_reauthenticate"),
        *("mfa_reauthenticate_webauthn", "account_change_password"),
    }
)
"""Pages that someone without a second step may still open, so that they can set one up."""
