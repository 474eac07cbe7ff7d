namespace Pcapper;

/// <summary>Says in plain words why a file could not be read or written: the messages of the runtime are not in the program.</summary>
internal static class IoReason
{
    private const int NoSpace = 28;
    private const int NotAFolder = 20;
    private const int TooManyLinks = 40;
    private const int ReadOnly = 30;
    private const int TooLarge = 27;
    private const int DiskFullOnWindows = unchecked((int)0x8007_0070);
    private const int InUseOnWindows = unchecked((int)0x8007_0020);

    /// <summary>Tells whether an exception is about a file or a stream.</summary>
    public static bool Applies(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Gets the reason; the path, if there is one, is looked at to find it.</summary>
    public static string Of(Exception exception, string? path = null) => exception switch
    {
        _ when path is not null && Directory.Exists(path) => "it is a folder",
        DirectoryNotFoundException => "the folder does not exist",
        FileNotFoundException => "no such file",
        UnauthorizedAccessException => "permission denied",
        PathTooLongException => "the name is too long",
        { HResult: NoSpace or DiskFullOnWindows } => "the disk is full",
        { HResult: NotAFolder } => "a part of the path is a file, not a folder",
        { HResult: TooManyLinks } => "the links lead nowhere",
        { HResult: ReadOnly } => "the disk is read-only",
        { HResult: TooLarge } => "the file would be too large",
        { HResult: InUseOnWindows } => "another program uses it",
        InvalidDataException => exception.Message,
        _ => "input or output error",
    };
}
