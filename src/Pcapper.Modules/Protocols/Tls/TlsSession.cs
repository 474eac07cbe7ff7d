using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Modules.Protocols.X509;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Collects what the handshake of one flow shows, whatever carries it, and states it.</summary>
internal sealed class TlsSession(FlowContext flow, RecordBus bus, TlsTransport transport)
{
    private const int MaxHistory = 100;
    private const int MaxChain = 32;

    private readonly Emitter<TlsConnection> _connections = bus.Emitter<TlsConnection>();
    private readonly Emitter<TlsAlert> _alerts = bus.Emitter<TlsAlert>();
    private readonly Emitter<CertificateSeen> _certificates = bus.Emitter<CertificateSeen>();
    private readonly Emitter<NameSeen> _names = bus.Emitter<NameSeen>();
    private readonly StringBuilder _history = new();
    private readonly bool[] _changedCipher = new bool[2];
    private readonly bool[] _sentData = new bool[2];
    private readonly CertificateFacts?[] _leaves = new CertificateFacts?[2];
    private readonly List<string>[] _chains = [[], []];
    private ClientHello? _client;
    private ServerHello? _server;
    private TlsPlace? _clientPlace;
    private TlsPlace? _serverPlace;
    private Direction? _clientDirection;
    private bool _isRetrying;
    private bool _hadRetry;
    private bool _acceptedKey;
    private bool _sslV2Server;
    private int _sslV2Cipher;
    private string? _group;
    private int? _primeBits;
    private string? _lastAlert;
    private bool _isEstablished;
    private bool _isStated;

    /// <summary>Gets a value indicating whether the handshake is done and stated.</summary>
    public bool IsStated => _isStated;

    /// <summary>Gets the first ClientHello, or null.</summary>
    public ClientHello? Client => _client;

    /// <summary>Gets the first ServerHello, or null.</summary>
    public ServerHello? Server => _server;

    /// <summary>Tells whether what a direction sends as handshake from now on is encrypted.</summary>
    public bool IsEncrypted(Direction direction)
        => IsModern ? !_isRetrying && (_client is not null || direction != _clientDirection) : _changedCipher[(int)direction];

    private bool IsModern => _server is not null && TlsVersions.EncryptsHandshake(_server.Version);

    private bool HasHello => _client is not null || _server is not null || _sslV2Server;

    /// <summary>Takes one handshake message.</summary>
    public void Handshake(Direction direction, TlsHandshakeType type, ReadOnlySpan<byte> body, TlsPlace place)
    {
        switch (type)
        {
            case TlsHandshakeType.ClientHello:
                Take(direction, ClientHello.Read(body, transport == TlsTransport.Datagram), place);
                break;
            case TlsHandshakeType.ServerHello:
                TakeServerHello(direction, body, place);
                return;
            case TlsHandshakeType.Certificate:
                TakeCertificates(direction, body, place);
                break;
            case TlsHandshakeType.ServerKeyExchange:
                TakeKeyExchange(body);
                break;
            default:
                break;
        }

        Note(direction, TlsHistory.Letter(type));
    }

    /// <summary>Takes an SSL 2.0 CLIENT-HELLO.</summary>
    public bool SslV2ClientHello(Direction direction, ReadOnlySpan<byte> message, TlsPlace place)
    {
        ClientHello? hello = ClientHello.ReadSslV2(message);
        Take(direction, hello, place);
        if (hello is not null)
        {
            Note(direction, 'c');
        }

        return hello is not null;
    }

    /// <summary>Takes an SSL 2.0 SERVER-HELLO: its certificate, and its first cipher kind, which the client will choose if only one is left.</summary>
    public void SslV2ServerHello(Direction direction, ReadOnlySpan<byte> certificate, int firstCipher, TlsPlace place)
    {
        _clientDirection ??= direction.Opposite();
        _sslV2Server = true;
        _sslV2Cipher = firstCipher;
        _serverPlace ??= place;
        Note(direction, 's');
        if (!certificate.IsEmpty)
        {
            TakeCertificates(direction, [certificate.ToArray()], place);
        }
    }

    /// <summary>Takes a ChangeCipherSpec.</summary>
    public void ChangeCipherSpec(Direction direction)
    {
        // TLS 1.3 sends it only to please middleboxes (RFC 8446, appendix D.4).
        _changedCipher[(int)direction] = true;
        Note(direction, 'i');
        if (!IsModern && _changedCipher[0] && _changedCipher[1])
        {
            Establish();
        }
    }

    /// <summary>Takes an alert that can be read.</summary>
    public void Alert(Direction direction, byte level, byte description, TlsPlace place)
    {
        Note(direction, 'l');
        if (_isStated)
        {
            return;
        }

        _lastAlert = TlsNames.Alert(description);
        if (_alerts.IsWanted)
        {
            _alerts.Emit(new TlsAlert
            {
                Flow = flow.Id,
                Frame = place.Frame,
                Time = place.Time,
                Direction = direction,
                IsFromClient = direction == (_clientDirection ?? Direction.ToResponder),
                IsFatal = level == 2,
                Description = description,
            });
        }
    }

    /// <summary>Takes application data: in TLS 1.3 also what is left of the handshake.</summary>
    public void Data(Direction direction)
    {
        if (_isStated)
        {
            return;
        }

        _sentData[(int)direction] = true;
        if (IsModern && !_isRetrying)
        {
            if (_sentData[0] && _sentData[1])
            {
                Establish();
            }
        }
        else
        {
            Note(direction, 'd');
        }
    }

    /// <summary>Notes a record or message by Zeek's letter.</summary>
    public void Note(Direction direction, char letter)
    {
        if (!_isStated && _history.Length < MaxHistory)
        {
            bool isClient = direction == (_clientDirection ?? Direction.ToResponder);
            _history.Append(isClient ? char.ToUpperInvariant(letter) : letter);
        }
    }

    /// <summary>Takes the end of the handshake.</summary>
    public void Establish()
    {
        _isEstablished = HasHello;
        End();
    }

    /// <summary>States the connection, once, if a hello was seen.</summary>
    public void End()
    {
        if (_isStated || !HasHello)
        {
            return;
        }

        _isStated = true;
        if (_connections.IsWanted)
        {
            _connections.Emit(Connection());
        }
    }

    private void Take(Direction direction, ClientHello? hello, TlsPlace place)
    {
        if (hello is null)
        {
            return;
        }

        _clientDirection ??= direction;
        if (_client is not null)
        {
            return;
        }

        _client = hello;
        _clientPlace = place;
        flow.ServerName ??= hello.ServerName;
        if (hello.ServerName is { } name && _names.IsWanted)
        {
            _names.Emit(new NameSeen
            {
                Flow = flow.Id,
                Frame = place.Frame,
                Time = place.Time,
                Address = flow.Id.Receiver(direction),
                Name = name.TrimEnd('.'),
                Source = NameSource.TlsServerName,
            });
        }
    }

    private void TakeServerHello(Direction direction, ReadOnlySpan<byte> body, TlsPlace place)
    {
        if (ServerHello.Read(body) is not { } hello)
        {
            return;
        }

        _clientDirection ??= direction.Opposite();
        Note(direction, hello.IsRetryRequest ? 'j' : 's');
        _server ??= hello;
        _serverPlace ??= place;
        _isRetrying = hello.IsRetryRequest;
        _hadRetry |= hello.IsRetryRequest;
        _acceptedKey |= hello.HasPreSharedKey;
        _group = hello.Group is { } group ? TlsNames.Group(group) : _group;
    }

    private void TakeCertificates(Direction direction, ReadOnlySpan<byte> body, TlsPlace place)
    {
        var reader = new WireReader(body);
        var list = new WireReader(WireLists.TakeUpTo(ref reader, reader.U24()));
        List<byte[]> chain = [];
        while (list.Remaining > 3 && chain.Count < MaxChain)
        {
            ReadOnlySpan<byte> certificate = list.Take(list.U24());
            if (list.Overrun)
            {
                break;
            }

            if (!certificate.IsEmpty)
            {
                chain.Add(certificate.ToArray());
            }
        }

        TakeCertificates(direction, chain, place);
    }

    private void TakeCertificates(Direction direction, List<byte[]> chain, TlsPlace place)
    {
        if (_isStated || chain.Count == 0 || _chains[(int)direction].Count != 0 || !(_connections.IsWanted || _certificates.IsWanted))
        {
            return;
        }

        List<string> prints = _chains[(int)direction];
        prints.AddRange(chain.Select(der => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(der))));
        if (CertificateReader.TryRead(chain[0], out CertificateFacts leaf))
        {
            _leaves[(int)direction] = leaf;
        }

        if (!_certificates.IsWanted)
        {
            return;
        }

        for (int i = 0; i < chain.Count; i++)
        {
            _certificates.Emit(new CertificateSeen
            {
                Flow = flow.Id,
                Frame = place.Frame,
                Time = place.Time,
                Der = chain[i],
                Position = i,
                ChainLength = chain.Count,
                IsClient = direction == _clientDirection,
                ServerName = _client?.ServerName,
                IssuerSha256 = i + 1 < chain.Count ? prints[i + 1] : null,
            });
        }
    }

    /// <summary>Reads which group, or how large a prime, the keys are agreed in (RFC 8422, 5.4; RFC 5246, 7.4.3).</summary>
    private void TakeKeyExchange(ReadOnlySpan<byte> body)
    {
        const byte NamedCurve = 3;
        string cipher = _server is null ? string.Empty : CipherSuiteNames.Of(_server.CipherSuite);
        var reader = new WireReader(body);
        if (cipher.Contains("_ECDH", StringComparison.Ordinal) && !cipher.Contains("_PSK", StringComparison.Ordinal))
        {
            bool isNamed = reader.U8() == NamedCurve;
            ushort group = reader.U16();
            _group = isNamed && !reader.Overrun ? TlsNames.Group(group) : _group;
        }
        else if (cipher.StartsWith("TLS_DH", StringComparison.Ordinal) && !cipher.Contains("_PSK", StringComparison.Ordinal))
        {
            ReadOnlySpan<byte> prime = reader.Take(reader.U16());
            _primeBits = reader.Overrun || prime.IsEmpty ? _primeBits : DerValue.Bits(prime);
        }
    }

    private bool IsResumed()
    {
        if (_acceptedKey)
        {
            return true;
        }

        if (_client is null || _server is null || IsModern)
        {
            return false;
        }

        bool echoed = _client.SessionId.Length > 0 && _client.SessionId.AsSpan().SequenceEqual(_server.SessionId);
        bool hasKeyExchange = _group is not null || _primeBits is not null || _chains[(int)(_clientDirection ?? Direction.ToResponder).Opposite()].Count > 0;
        return echoed || (_client.HasTicket && _isEstablished && !hasKeyExchange);   // RFC 5077, 3.4: a ticket need not be echoed
    }

    private TlsConnection Connection()
    {
        Direction clientDirection = _clientDirection ?? Direction.ToResponder;
        Direction serverDirection = clientDirection.Opposite();
        CertificateFacts? server = _leaves[(int)serverDirection];
        CertificateFacts? client = _leaves[(int)clientDirection];
        TlsPlace first = _clientPlace ?? _serverPlace ?? default;
        return new TlsConnection
        {
            Flow = flow.Id,
            Frame = first.Frame,
            Time = first.Time,
            Transport = transport,
            ClientDirection = clientDirection,
            ClientFrame = _clientPlace?.Frame,
            ServerFrame = _serverPlace?.Frame,
            HelloTime = _clientPlace is { } asked && _serverPlace is { } answered ? Math.Max(0, answered.Time - asked.Time) : null,
            Version = _sslV2Server ? TlsVersions.Ssl2 : _server?.Version,
            OfferedVersion = _client?.BestVersion,
            Cipher = _sslV2Server ? CipherSuiteNames.OfSslV2(_sslV2Cipher) : _server is { } hello ? CipherSuiteNames.Of(hello.CipherSuite) : null,
            Group = _group,
            PrimeBits = _primeBits,
            ServerName = _client?.ServerName,
            ApplicationProtocol = _server?.ApplicationProtocol,
            OfferedProtocol = _client?.FirstApplicationProtocol,
            IsResumed = IsResumed(),
            IsEstablished = _isEstablished,
            HadRetry = _hadRetry,
            HasEncryptedHello = _client?.HasEncryptedHello ?? false,
            HidesCertificates = IsModern,
            LastAlert = _lastAlert,
            History = _history.ToString(),
            ServerCertificates = _chains[(int)serverDirection],
            ClientCertificates = _chains[(int)clientDirection],
            Subject = server?.Subject,
            Issuer = server?.Issuer,
            ClientSubject = client?.Subject,
            ClientIssuer = client?.Issuer,
            NameMatches = server is not null && _client?.ServerName is { } name ? server.IsFor(name) : null,
            Ja3 = _client is null ? null : TlsFingerprints.Ja3(_client),
            Ja3s = _server is null ? null : TlsFingerprints.Ja3s(_server),
            Ja4 = _client is null || _client.IsSslV2 ? null : TlsFingerprints.Ja4(_client, transport),
        };
    }
}
