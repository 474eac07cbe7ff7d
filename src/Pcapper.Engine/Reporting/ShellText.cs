namespace Pcapper.Engine;

/// <summary>Writes arguments so that a command line can be pasted into a POSIX shell.</summary>
public static class ShellText
{
    /// <summary>Quotes an argument if it needs it; what is not printable is written as an escape in <c>$'…'</c>.</summary>
    public static string Quote(string argument)
    {
        if (argument.Length != 0 && !argument.AsSpan().ContainsAnyExcept(s_plain))
        {
            return argument;
        }

        return string.Equals(Printable.From(argument, int.MaxValue), argument, StringComparison.Ordinal)
            ? $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'"
            : QuoteBytes(argument);
    }

    private static readonly System.Buffers.SearchValues<char> s_plain =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=,+@%");

    private static string QuoteBytes(string argument)
    {
        var quoted = new System.Text.StringBuilder("$'");
        foreach (byte b in System.Text.Encoding.UTF8.GetBytes(argument))
        {
            if (b is >= (byte)' ' and <= (byte)'~' and not (byte)'\'' and not (byte)'\\')
            {
                quoted.Append((char)b);
            }
            else
            {
                quoted.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{b:x2}");
            }
        }

        return quoted.Append('\'').ToString();
    }
}
