using Pcapper.Engine;
using Pcapper.Modules.Data;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>
/// Watches one flow. What is found waits until it is known what the flow speaks: there is nothing to read in what is encrypted, and what chance
/// makes of it is left out.
/// </summary>
internal sealed class StringWatcher : StreamWatcher
{
    private const int MostWaiting = 256;

    private readonly StringFinder _finder;
    private readonly FlowId _flow;
    private readonly bool _isDatagrams;
    private readonly int _minimum;
    private readonly Side?[] _sides = new Side?[2];
    private readonly Action<ProtocolRecord> _found;
    private List<ProtocolRecord>? _waiting = [];
    private string? _protocol;
    private bool _isPassedOver;

    public StringWatcher(StringFinder finder, FlowId flow, Transports transport, int minimum)
    {
        (_finder, _flow, _isDatagrams, _minimum) = (finder, flow, transport == Transports.Udp, minimum);
        _found = Found;
    }

    /// <inheritdoc/>
    public override bool Wants(Direction direction) => !_isPassedOver;

    /// <inheritdoc/>
    public override void Take(Direction direction, in StreamBytes bytes)
    {
        Side side = _sides[(int)direction] ??= new Side(this, direction);
        side.Utf8.Take(bytes);
        side.Utf16.Take(bytes);
        if (_isDatagrams)
        {
            side.Flush();
        }
    }

    /// <inheritdoc/>
    public override void Speaks(string protocol)
    {
        // Names in messages of DNS and NetBIOS are cut into labels, and --dns and --netbios show them whole.
        if (EncryptedProtocols.Has(protocol) || (protocol is "dns" or "mdns" or "llmnr" or "nbns" && !_finder.SearchesAll))
        {
            _isPassedOver = true;
            _waiting = null;
            return;
        }

        _protocol = protocol;
        LetGo();
    }

    /// <inheritdoc/>
    public override void SpeaksNoMore()
    {
        LetGo();
        _waiting = [];
        _protocol = null;
    }

    /// <inheritdoc/>
    public override void End()
    {
        if (!_isPassedOver)
        {
            _sides[(int)Direction.ToResponder]?.Flush();
            _sides[(int)Direction.ToOriginator]?.Flush();
            LetGo();
        }
    }

    private void LetGo()
    {
        if (_waiting is { } waiting)
        {
            _waiting = null;
            waiting.ForEach(record => _finder.Emit(_protocol is null ? record : StringFinder.With(record, _protocol)));
        }
    }

    private void Found(ProtocolRecord record)
    {
        if (_waiting is null)
        {
            _finder.Emit(record);
            return;
        }

        _waiting.Add(record);
        if (_waiting.Count == MostWaiting)
        {
            LetGo();
        }
    }

    private sealed class Side
    {
        private readonly StringWatcher _watcher;
        private readonly Direction _direction;
        private SecretSeen? _beganKey;
        private SecretSeen? _beganWideKey;

        public Side(StringWatcher watcher, Direction direction)
        {
            _watcher = watcher;
            _direction = direction;
            Utf8 = new Utf8Scanner(watcher._minimum, !watcher._isDatagrams, Judge);
            Utf16 = new Utf16Scanner(watcher._minimum, false, JudgeWide);
        }

        public Utf8Scanner Utf8 { get; }

        public Utf16Scanner Utf16 { get; }

        public void Flush()
        {
            Utf8.Flush();
            Utf16.Flush();
        }

        private void Judge(in TextRun run) => _watcher._finder.Judge(run, _direction, _watcher._flow, _watcher._protocol, ref _beganKey, _watcher._found);

        private void JudgeWide(in TextRun run) => _watcher._finder.Judge(run, _direction, _watcher._flow, _watcher._protocol, ref _beganWideKey, _watcher._found);
    }
}
