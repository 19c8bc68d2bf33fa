namespace Railgun.Protocol.Versions;

/// <summary>
/// Cookies that pages do not depend on: visitor numbers of analytics and advertisements, answers to consent banners, and what load balancers
/// and bot guards in front of a site keep. All are names that one vendor uses for one purpose.
/// </summary>
internal static class KnownCookies
{
    /// <summary>The names; <c>*</c> stands for any characters.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        // Analytics and advertisements.
        "_ga", "_ga_*", "_gid", "_gat", "_gat_*", "_dc_gtm_*", "_gcl_*", "_gac_*", "__utma", "__utmb", "__utmc", "__utmt*", "__utmv", "__utmz",
        "__gads", "__gpi", "__gpi_optout", "__eoi", "FPID", "FPLC", "FPAU", "_fbp", "_fbc", "_hj*", "_clck", "_clsk", "_pk_id*", "_pk_ses*", "_pk_ref*",
        "_pk_cvar*", "_pk_hsr*", "mtm_*", "_uetsid*", "_uetvid*", "_uetmsclkid", "_ttp", "_tt_enable_cookie", "_pin_unauth", "_scid", "_scid_r", "_sctr",
        "_rdt_uuid", "_twpid", "__hstc", "__hssc", "__hssrc", "hubspotutk", "ajs_anonymous_id", "amplitude_id*", "AMP_*", "mp_*_mixpanel", "_mkto_trk",
        "AMCV_*", "AMCVS_*", "s_cc", "s_sq", "s_vi", "s_fid", "s_ppv", "s_nr*", "__qca", "_cb", "_cb_ls", "_cb_svref", "_chartbeat*", "_parsely_*",
        "cto_bundle", "_li_dcdm_c", "_lc2_fpi*", "_ym_uid", "_ym_d", "_ym_isad", "_ym_visorc*", "_vwo_uuid*", "_vis_opt_*", "_matomo*", "plausible_*", "_sp_id*", "_sp_ses*",
        "nmstat", "_dd_s", "ai_user", "ai_session", "atuserid", "_pcid", "_pctx", "ioam*", "_cs_id", "_cs_s", "_cs_c", "_conv_v", "_conv_s",

        // Consent.
        "OptanonConsent", "OptanonAlertBoxClosed", "eupubconsent*", "euconsent*", "addtl_consent", "usprivacy", "CookieConsent", "CookieConsentBulkTicket",
        "CookieScriptConsent", "cookieconsent_status*", "cookie_consent*", "cookie-consent*", "cookielawinfo-*", "cookie_notice_accepted", "viewed_cookie_policy",
        "borlabs-cookie", "didomi_token", "cmplz_*", "_iub_cs-*", "__cmp*", "consentUUID", "_sp_su", "_evidon_consent*", "notice_gdpr_prefs", "notice_preferences",
        "notice_behavior", "cmapi_*", "TAsessionID", "axeptio_*", "tarteaucitron", "klaro", "moove_gdpr_popup", "gdpr", "FCCDCF", "FCNEC",

        // Load balancers and bot guards.
        "AWSALB", "AWSALBCORS", "AWSALBTG", "AWSALBTGCORS", "AWSALBAPP-*", "AWSELB", "AWSELBCORS", "ARRAffinity", "ARRAffinitySameSite", "GCLB", "GAESA", "BIGipServer*",
        "__cf_bm", "__cflb", "__cfruid", "_cfuvid", "cf_clearance", "ak_bmsc", "bm_sv", "bm_sz", "bm_mi", "bm_s", "bm_so", "bm_ss", "_abck", "incap_ses_*", "visid_incap_*", "nlbi_*",
        "reese84", "datadome", "_px*", "pxcts", "aws-waf-token",
    ];
}
