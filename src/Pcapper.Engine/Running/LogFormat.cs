namespace Pcapper.Engine;

/// <summary>Forms of record logs.</summary>
public enum LogFormat
{
    /// <summary>One JSON object a line, with Zeek's column names.</summary>
    ZeekJson,

    /// <summary>Zeek's tab-separated form.</summary>
    ZeekTsv,
}
