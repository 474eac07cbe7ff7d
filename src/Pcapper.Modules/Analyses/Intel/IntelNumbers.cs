namespace Pcapper.Modules.Analyses.Intel;

/// <summary>Names of the numbers that answers of services are judged by.</summary>
public static class IntelNumbers
{
    /// <summary>The number that AbuseIPDB gives, 0 to 100: how sure it is that an address is abusive.</summary>
    public const string Score = "abuse score";

    /// <summary>How many scanners of VirusTotal call it malicious.</summary>
    public const string Malicious = "malicious";

    /// <summary>How many scanners of VirusTotal call it suspicious.</summary>
    public const string Suspicious = "suspicious";

    /// <summary>In how many reports ("pulses") of OTX it is.</summary>
    public const string Pulses = "pulses";
}
