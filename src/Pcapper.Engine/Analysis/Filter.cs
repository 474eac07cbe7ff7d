using System.Globalization;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Builds Wireshark display filters: <c>Filter.From(client).To(server).Port(IpProtocol.Tcp, 443).And("tls.handshake.type == 1")</c>.
/// Picks the fields by address family. Capture text goes in through <see cref="Text"/> only, which quotes it.
/// </summary>
public sealed class Filter
{
    private const int MaxText = 200;

    private readonly string _expression;

    private Filter(string expression) => _expression = expression;

    /// <summary>Gets the filter that selects everything.</summary>
    public static Filter All { get; } = new(string.Empty);

    /// <summary>Takes the expression.</summary>
    public static implicit operator string(Filter filter) => filter._expression;

    /// <summary>Selects packets from or to an address.</summary>
    public static Filter Address(IpAddress address) => All.WithAddress(address);

    /// <summary>Selects packets between two addresses, either way.</summary>
    public static Filter Between(IpAddress one, IpAddress other) => one == other ? All.WithAddress(one) : All.WithAddress(one).WithAddress(other);

    /// <summary>Selects packets from an address.</summary>
    public static Filter From(IpAddress source) => All.Add($"{Family(source)}.src == {source}");

    /// <summary>Selects packets from or to a link address.</summary>
    public static Filter Mac(MacAddress address) => All.Add($"eth.addr == {address}");

    /// <summary>Selects packets from a link address.</summary>
    public static Filter FromMac(MacAddress source) => All.Add($"eth.src == {source}");

    /// <summary>Selects the packets of a flow's addresses and ports, both directions.</summary>
    public static Filter Flow(in FlowKey flow)
    {
        Filter pair = Between(flow.Originator, flow.Responder);
        return flow.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp
            ? pair.Port(flow.Protocol, flow.OriginatorPort).Port(flow.Protocol, flow.ResponderPort)
            : pair;
    }

    /// <summary>Selects frames by their numbers; at most those that a finding cites.</summary>
    public static Filter Frames(FrameSample frames)
    {
        var numbers = new List<string>();
        foreach (FrameRef frame in frames.Frames)
        {
            numbers.Add(frame.Number.ToString(CultureInfo.InvariantCulture));
        }

        return numbers.Count == 0 ? All : All.Add($"frame.number in {{{string.Join(", ", numbers)}}}");
    }

    /// <summary>Selects what a fixed expression says: <c>Filter.Where("dns.flags.response == 0")</c>. Never put capture text in it.</summary>
    public static Filter Where(string expression) => All.And(expression);

    /// <summary>Selects what any of the filters selects.</summary>
    public static Filter Any(params IEnumerable<Filter> filters)
    {
        string[] expressions =
            [.. filters.Select(filter => filter._expression).Where(text => text.Length != 0).Distinct(StringComparer.Ordinal)];
        return expressions.Length switch
        {
            0 => All,
            1 => new Filter(expressions[0]),
            _ => new Filter($"({string.Join(") || (", expressions)})"),
        };
    }

    /// <summary>Narrows to packets from or to an address.</summary>
    public Filter WithAddress(IpAddress address) => Add($"{Family(address)}.addr == {address}");

    /// <summary>Narrows to packets to an address.</summary>
    public Filter To(IpAddress destination) => Add($"{Family(destination)}.dst == {destination}");

    /// <summary>Narrows to a port at either end; protocols without ports are left out.</summary>
    public Filter Port(IpProtocol protocol, int port) => WithPort(protocol, "port", port);

    /// <summary>Narrows to a source port.</summary>
    public Filter FromPort(IpProtocol protocol, int port) => WithPort(protocol, "srcport", port);

    /// <summary>Narrows to a destination port.</summary>
    public Filter ToPort(IpProtocol protocol, int port) => WithPort(protocol, "dstport", port);

    /// <summary>Narrows to a field with a number.</summary>
    public Filter Number(string field, long value) => Add($"{field} == {value}");

    /// <summary>
    /// Narrows to a field with a text, which may be hostile: it is quoted. A text that is very long or not plain ASCII is looked for by
    /// its longest plain part, so that the filter selects rather too much than nothing.
    /// </summary>
    public Filter Text(string field, string value)
    {
        ReadOnlySpan<char> plain = LongestPlain(value);
        return plain.Length == value.Length ? Add($"{field} == {Quote(plain)}") : Contains(field, value);
    }

    /// <summary>Narrows to a field that contains a text, which may be hostile: it is quoted; see <see cref="Text"/>.</summary>
    public Filter Contains(string field, string value)
    {
        ReadOnlySpan<char> plain = LongestPlain(value);
        return plain.IsEmpty ? Add($"{field}") : Add($"{field} contains {Quote(plain)}");
    }

    /// <summary>Narrows by a fixed expression. Never put capture text in it.</summary>
    public Filter And(string expression)
    {
        var clean = new StringBuilder(expression.Length);
        foreach (char c in expression)
        {
            clean.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        bool isLoose = expression.Contains("||", StringComparison.Ordinal) || expression.Contains(" or ", StringComparison.Ordinal);
        return Join(isLoose ? $"({clean})" : clean.ToString());
    }

    /// <summary>Narrows by another filter.</summary>
    public Filter And(Filter other) => other._expression.Length == 0 ? this
        : Join(other._expression.Contains(" || ", StringComparison.Ordinal) ? $"({other._expression})" : other._expression);

    /// <summary>Gets the expression.</summary>
    public override string ToString() => _expression;

    private static string Family(IpAddress address) => address.IsIPv4 ? "ip" : "ipv6";

    // Only printable ASCII means the same in every field: how Wireshark decodes other bytes depends on the dissector.
    private static ReadOnlySpan<char> LongestPlain(ReadOnlySpan<char> value)
    {
        ReadOnlySpan<char> longest = default;
        while (!value.IsEmpty)
        {
            int start = value.IndexOfAnyInRange(' ', '~');
            if (start < 0)
            {
                break;
            }

            value = value[start..];
            int end = value.IndexOfAnyExceptInRange(' ', '~');
            ReadOnlySpan<char> run = value[..Math.Min(end < 0 ? value.Length : end, MaxText)];
            longest = run.Length > longest.Length ? run : longest;
            value = value[run.Length..];
        }

        return longest;
    }

    private static string Quote(ReadOnlySpan<char> plain)
        => $"\"{plain.ToString().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private Filter WithPort(IpProtocol protocol, string field, int port) => protocol switch
    {
        IpProtocol.Tcp => Add($"tcp.{field} == {port}"),
        IpProtocol.Udp => Add($"udp.{field} == {port}"),
        IpProtocol.Sctp => Add($"sctp.{field} == {port}"),
        _ => this,
    };

    private Filter Add(FormattableString expression) => Join(expression.ToString(CultureInfo.InvariantCulture));

    private Filter Join(string expression) => expression.Length == 0 ? this
        : new Filter(_expression.Length == 0 ? expression
            : _expression.StartsWith('(') && _expression.Contains(" || ", StringComparison.Ordinal) ? $"({_expression}) && {expression}"
            : $"{_expression} && {expression}");
}
