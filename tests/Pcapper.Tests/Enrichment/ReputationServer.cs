using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pcapper.Tests.Enrichment;

/// <summary>A web server on loopback that answers as a test says, and remembers what it was asked.</summary>
internal sealed class ReputationServer : IDisposable
{
    /// <summary>At the end of a response: the rest never comes, and the connection stays.</summary>
    public const char Unfinished = '\0';

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, int, string?> _answer;
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly ConcurrentBag<TcpClient> _silent = [];

    /// <summary>Initializes a new instance of the <see cref="ReputationServer"/> class.</summary>
    /// <param name="answer">Gets a whole response for a target and the number of the request; null says nothing and keeps the connection.</param>
    public ReputationServer(Func<string, int, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";
        _ = ServeAsync();
    }

    /// <summary>Gets where it is.</summary>
    public string Url { get; }

    /// <summary>Gets what is released each time that the server has said all that it will and keeps the connection.</summary>
    public SemaphoreSlim Said { get; } = new(0);

    /// <summary>Gets the heads of the requests in order of arrival.</summary>
    public IReadOnlyList<string> Heads => [.. _heads];

    /// <summary>Gets the targets of the requests, sorted.</summary>
    public IReadOnlyList<string> Targets => [.. _heads.Select(head => head.Split(' ')[1]).Order(StringComparer.Ordinal)];

    /// <summary>Makes a response with a body of JSON.</summary>
    public static string Json(string body, string status = "200 OK", string head = "")
        => $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{head}Connection: close\r\n\r\n{body}";

    /// <summary>Makes a response of a status alone.</summary>
    public static string Status(string status, string head = "") => Json("{}", status, head);

    public void Dispose()
    {
        _listener.Dispose();
        Said.Dispose();
        foreach (TcpClient client in _silent)
        {
            client.Dispose();
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            NetworkStream stream = client.GetStream();
            var head = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                int read = await stream.ReadAsync(buffer);
                if (read == 0)
                {
                    client.Dispose();
                    return;
                }

                head.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

            int number;
            lock (_heads)
            {
                number = _heads.Count;
                _heads.Enqueue(head.ToString());
            }

            if (_answer(head.ToString().Split(' ')[1], number) is not { } answer)
            {
                _silent.Add(client);
                Said.Release();
                return;
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.TrimEnd(Unfinished)));
            if (answer.EndsWith(Unfinished))
            {
                _silent.Add(client);
                Said.Release();
            }
            else
            {
                client.Dispose();
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            client.Dispose();
        }
    }
}
