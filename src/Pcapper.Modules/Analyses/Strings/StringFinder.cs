using System.Text;
using System.Text.RegularExpressions;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>States the texts of flows, and the secrets in them.</summary>
public sealed class StringFinder : IStreamConsumer
{
    private const int Remembered = 4096;

    private readonly Emitter<StringSeen> _strings;
    private readonly Emitter<SecretSeen> _secrets;
    private readonly StringsOptions _options;

    // Most texts come again and again.
    private readonly JudgedRun?[] _known = new JudgedRun?[Remembered];

    // One flow at a time is looked at.
    private readonly char[] _characters = new char[RunScanner.LongestRun + 4];

    private StringFinder(RecordBus bus)
    {
        _strings = bus.Emitter<StringSeen>();
        _secrets = bus.Emitter<SecretSeen>();
        _options = bus.Strings;
    }

    /// <summary>Gets a value indicating whether an expression of the user decides what is kept, wherever it stands.</summary>
    internal bool SearchesAll => _options.Match is not null;

    /// <summary>Makes one, if anybody wants what it states.</summary>
    public static IStreamConsumer? For(RecordBus bus)
    {
        var finder = new StringFinder(bus);
        return finder._strings.IsWanted || finder._secrets.IsWanted ? finder : null;
    }

    /// <inheritdoc/>
    public StreamWatcher? Watch(FlowContext flow, Transports transport) => new StringWatcher(this, flow.Id, transport, _options.Minimum);

    /// <summary>Judges a run of text.</summary>
    /// <param name="run">The run.</param>
    /// <param name="direction">Which way it went.</param>
    /// <param name="flow">The flow.</param>
    /// <param name="protocol">What the flow speaks, as far as is known.</param>
    /// <param name="beganKey">What the text before it began of a private key; then what this one does.</param>
    /// <param name="found">Takes what is found.</param>
    internal void Judge(in TextRun run, Direction direction, FlowId flow, string? protocol, ref SecretSeen? beganKey, Action<ProtocolRecord> found)
    {
        ref JudgedRun? known = ref _known[(int)(StableHash.Of(run.Bytes) % Remembered)];
        if (beganKey is not null || known?.Is(run) != true)
        {
            ReadOnlySpan<char> text = Decode(run, out int blank);
            bool maySecret = _secrets.IsWanted && (SecretFinder.MayHold(text) || AssignmentFinder.MayHold(text));
            if (beganKey is not null || maySecret)
            {
                FindSecrets(run, text, blank, direction, flow, protocol, ref beganKey, found);
            }

            bool isKept = _strings.IsWanted && !_options.OnlySecrets && IsKept(text, run.IsLine);
            string? kept = isKept ? text[..Math.Min(text.Length, Limits.Text)].ToString() : null;
            var judged = new JudgedRun(run, kept, blank);
            if (!maySecret && run.Bytes.Length <= JudgedRun.Longest)
            {
                known = judged;
            }

            Tell(judged, run, direction, flow, protocol, found);
            return;
        }

        Tell(known, run, direction, flow, protocol, found);
    }

    /// <summary>Hands on what was found.</summary>
    internal void Emit(ProtocolRecord record)
    {
        switch (record)
        {
            case StringSeen text:
                _strings.Emit(text);
                break;
            case SecretSeen secret:
                _secrets.Emit(secret);
                break;
        }
    }

    /// <summary>Gets the same with the protocol that was found out later.</summary>
    internal static ProtocolRecord With(ProtocolRecord record, string? protocol) => record switch
    {
        StringSeen text => text with { Protocol = protocol },
        SecretSeen secret => secret with { Protocol = protocol },
        _ => record,
    };

    private static void Tell(JudgedRun judged, in TextRun run, Direction direction, FlowId flow, string? protocol, Action<ProtocolRecord> found)
    {
        if (judged.Text is { } text)
        {
            found(new StringSeen
            {
                Flow = flow,
                Frame = run.Frame,
                Time = run.Time,
                Direction = direction,
                Text = text,
                Encoding = run.Encoding,
                Offset = run.OffsetOf(judged.Blank),
                Protocol = protocol,
            });
        }
    }

    private static void FindSecrets(in TextRun run, ReadOnlySpan<char> text, int blank, Direction direction, FlowId flow, string? protocol, ref SecretSeen? beganKey, Action<ProtocolRecord> found)
    {
        if (beganKey is { } key)
        {
            // The line behind "-----BEGIN" is of the key, or the word stands in a text about keys.
            beganKey = null;
            if (SecretFinder.IsKeyText(text))
            {
                found(key with { Secret = Secret.From($"{key.Secret.Reveal()}\n{text}")! });
                return;
            }
        }

        var secrets = new List<FoundSecret>();
        if (SecretFinder.BeginsKey(text))
        {
            secrets.Add(new FoundSecret(SecretFinder.PrivateKey, text.ToString(), 0));
        }
        else
        {
            SecretFinder.Find(text, secrets);
            AssignmentFinder.Find(text, run.IsLine, secrets);
        }

        foreach (FoundSecret secret in secrets)
        {
            var seen = new SecretSeen
            {
                Flow = flow,
                Frame = run.Frame,
                Time = run.Time,
                Direction = direction,
                Kind = secret.Kind,
                Secret = Secret.From(secret.Text)!,
                Offset = run.OffsetOf(blank + secret.At),
                Protocol = protocol,
            };
            if (SecretFinder.BeginsKey(text))
            {
                beganKey = seen;
            }
            else
            {
                found(seen);
            }
        }
    }

    // Without blanks around it; how many were in front.
    private ReadOnlySpan<char> Decode(in TextRun run, out int blank)
    {
        Encoding encoding = run.Encoding == StringEncoding.Utf16 ? Encoding.Unicode : Encoding.UTF8;
        ReadOnlySpan<char> text = _characters.AsSpan(0, encoding.GetChars(run.Bytes, _characters));
        blank = text.Length - text.TrimStart(" \t").Length;
        return text.Trim(" \t");
    }

    private bool IsKept(ReadOnlySpan<char> text, bool isLine)
        => text.Length >= _options.Minimum && (_options.Match is Regex match ? match.IsMatch(text) : Plausibility.IsText(text, isLine));
}
