using System.Buffers.Text;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>Puts together the arguments of a LOGIN command (RFC 9051, 6.2.3), which may go over several lines.</summary>
internal sealed class ImapLogin
{
    private const int MostTexts = 2;
    private const int LongestLiteral = 1024;

    private readonly List<string> _texts = [];
    private int _literal = -1;

    /// <summary>Gets the arguments read so far.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Takes the rest of the command's line, or the line after a literal was announced; returns whether it is complete.</summary>
    public bool Take(ReadOnlySpan<byte> line)
    {
        if (_literal >= 0)
        {
            int length = Math.Min(_literal, line.Length);
            _texts.Add(LoginTeller.Text(line[..length]));
            line = line[length..];
            _literal = -1;
        }

        while (_texts.Count < MostTexts)
        {
            line = line.TrimStart((byte)' ');
            switch (line)
            {
                case []:
                    return true;
                case [(byte)'"', ..]:
                    line = Quoted(line[1..]);
                    break;
                case [(byte)'{', ..] when Utf8Parser.TryParse(line[1..], out int length, out _) && length is >= 0 and <= LongestLiteral:
                    _literal = length;
                    return false;
                default:
                    _texts.Add(LoginTeller.Text(LineReader.Word(line, out line)));
                    break;
            }
        }

        return true;
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
