using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>Puts together the arguments of a LOGIN command (RFC 9051, 6.2.3), which may go over several lines.</summary>
internal sealed class ImapLogin
{
    private const int MostTexts = 2;

    private readonly List<string> _texts = [];

    /// <summary>Gets the arguments read so far.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Gets a value indicating whether both arguments were read.</summary>
    public bool IsComplete => _texts.Count == MostTexts;

    /// <summary>Takes a literal.</summary>
    public void TakeLiteral(ReadOnlySpan<byte> text)
    {
        if (!IsComplete)
        {
            _texts.Add(LoginTeller.Text(text));
        }
    }

    /// <summary>Takes a line of the command, without a literal that it announces at its end.</summary>
    public void Take(ReadOnlySpan<byte> line)
    {
        while (!IsComplete)
        {
            line = line.TrimStart((byte)' ');
            switch (line)
            {
                case []:
                    return;
                case [(byte)'"', ..]:
                    line = Quoted(line[1..]);
                    break;
                default:
                    _texts.Add(LoginTeller.Text(LineReader.Word(line, out line)));
                    break;
            }
        }
    }

    private ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> rest)
    {
        var text = new List<byte>();
        while (rest is not [] and not [(byte)'"', ..])
        {
            rest = rest is [(byte)'\\', _, ..] ? rest[1..] : rest;
            text.Add(rest[0]);
            rest = rest[1..];
        }

        _texts.Add(LoginTeller.Text([.. text]));
        return rest.IsEmpty ? rest : rest[1..];
    }
}
