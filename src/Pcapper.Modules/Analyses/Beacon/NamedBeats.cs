using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>When a client turned to a name, where that name was, and how requests were made.</summary>
public sealed class NamedBeats : BeatSeries
{
    private const int MostServers = 16;

    private EndpointKey _server;
    private bool _hasServer;
    private Smallest<EndpointKey>? _servers;

    /// <summary>Gets the servers that answered to the name, a few.</summary>
    public IReadOnlyList<EndpointKey> Servers => _servers?.Keys ?? (_hasServer ? [_server] : []);

    /// <summary>Gets how many beats are requests whose contents can be read.</summary>
    public long Requests { get; private set; }

    /// <summary>Gets how many of them carry data to the server.</summary>
    public long Posts { get; private set; }

    /// <summary>Gets how many of them were made by a program that fetches without a person in front of it, or that does not say what it is.</summary>
    public long Scripted { get; private set; }

    /// <summary>Notes where the name was.</summary>
    public void AddServer(EndpointKey server)
    {
        if (_servers is null && (!_hasServer || _server == server))
        {
            (_server, _hasServer) = (server, true);
            return;
        }

        Made().Add(server);
    }

    /// <summary>Counts a request that can be read.</summary>
    public void AddRequest(bool isPost, bool isScripted)
    {
        Requests++;
        Posts += isPost ? 1 : 0;
        Scripted += isScripted ? 1 : 0;
    }

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        var beats = (NamedBeats)other;
        Requests += beats.Requests;
        Posts += beats.Posts;
        Scripted += beats.Scripted;
        foreach (EndpointKey server in beats.Servers)
        {
            AddServer(server);
        }
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        writer.Number(Requests);
        writer.Number(Posts);
        writer.Number(Scripted);
        writer.Unsigned((ulong)Servers.Count);
        foreach (EndpointKey server in Servers)
        {
            server.Write(writer);
        }
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        Requests = reader.Number();
        Posts = reader.Number();
        Scripted = reader.Number();
        for (int left = reader.Length(3, MostServers); left > 0 && !reader.Failed; left--)
        {
            AddServer(EndpointKey.Read(ref reader));
        }
    }

    private Smallest<EndpointKey> Made()
    {
        if (_servers is null)
        {
            _servers = new Smallest<EndpointKey>(MostServers);
            _servers.Add(_server);
        }

        return _servers;
    }
}
