namespace Pcapper.Extraction;

/// <summary>How files with contents of captures are made: never over others, readable by their owner alone, never to be run.</summary>
internal static class NewFile
{
    /// <summary>Gets the options.</summary>
    public static FileStreamOptions Options
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return options;
        }
    }
}
