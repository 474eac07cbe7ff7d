using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>Something that a password can be guessed from.</summary>
/// <param name="Mode">hashcat's number of its form, or 0.</param>
/// <param name="Line">What there is to guess from.</param>
public readonly record struct ResponseKey(int Mode, string Line) : IStateKey<ResponseKey>
{
    /// <summary>The most characters of a line: hashcat takes 40,960 digits of data.</summary>
    public const int Longest = 42 * 1024;

    private const int HighestMode = 99_999;

    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Mode).And(Line);

    /// <inheritdoc/>
    public static ResponseKey Read(ref StateReader reader)
    {
        int mode = reader.Number(0, HighestMode);
        string line = reader.Text();
        if (line.Length > Longest)
        {
            reader.Fail();
        }

        return new(mode, line);
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Number(Mode);
        writer.Text(Line);
    }

    /// <inheritdoc/>
    public int CompareTo(ResponseKey other) => Mode.CompareTo(other.Mode) is not 0 and var order ? order : string.CompareOrdinal(Line, other.Line);
}
