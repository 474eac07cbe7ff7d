namespace Pcapper;

/// <summary>Standard output: what reads it may go away at any time, but a full disk is told.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;
    private const int BrokenPipeOnWindows = unchecked((int)0x8007_006D);

    /// <summary>Makes sure that there is one: the runtime cannot do without, not even to notice Ctrl-C.</summary>
    /// <exception cref="PcapperException">It was closed before the program began.</exception>
    public static void Check()
    {
        try
        {
            Console.OpenStandardOutput().Dispose();
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException("standard output is closed", ExitCode.Usage);
        }
    }

    /// <summary>Writes bytes.</summary>
    /// <exception cref="PcapperException">That failed.</exception>
    public static void Write(Action<Stream> write)
    {
        try
        {
            using Stream output = Console.OpenStandardOutput();
            using var buffered = new BufferedStream(output, 1 << 16);
            write(buffered);
        }
        catch (IOException e) when (e.HResult is BrokenPipe or BrokenPipeOnWindows)
        {
            // Nobody listens any more, as behind `head`.
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException($"cannot write to standard output: {IoReason.Of(e)}", ExitCode.Usage);
        }
    }

    /// <summary>Writes a text.</summary>
    /// <exception cref="PcapperException">That failed.</exception>
    public static void Write(string text) => Write(stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
