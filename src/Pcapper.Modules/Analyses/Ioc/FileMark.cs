namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>What the first character of a text about a file says that the rest is.</summary>
internal static class FileMark
{
    public const char Md5 = '0';
    public const char Sha1 = '1';
    public const char Name = '2';
    public const char Sample = '3';
}
