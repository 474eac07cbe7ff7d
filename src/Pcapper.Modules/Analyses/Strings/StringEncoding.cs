namespace Pcapper.Modules.Analyses.Strings;

/// <summary>How the characters of a text are written.</summary>
public enum StringEncoding : byte
{
    /// <summary>One byte each, below 128.</summary>
    Ascii,

    /// <summary>UTF-8, with characters beyond ASCII.</summary>
    Utf8,

    /// <summary>UTF-16, low byte first, as Windows writes.</summary>
    Utf16,
}
