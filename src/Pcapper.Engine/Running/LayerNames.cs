using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The names of layers as reports write them: Wireshark's protocol names where there are such.</summary>
public static class LayerNames
{
    /// <summary>Gets the name of a layer.</summary>
    public static string Of(Layer layer) => layer switch
    {
        Layer.Ethernet => "eth",
        Layer.LinuxSll => "sll",
        Layer.Loopback => "null",
        Layer.Ieee80211 => "wlan",
        Layer.PppoE => "pppoe",
        Layer.IPv4 => "ip",
        Layer.IPv6 => "ipv6",
        Layer.Fragment => "fragment",
        Layer.GtpU => "gtp",
        Layer.UnknownLink => "unknown link type",
        Layer.Other => "other",
        _ => layer.ToString().ToLowerInvariant(),
    };

    /// <summary>Gets the names of the layers of a packet, outermost first.</summary>
    public static IReadOnlyList<string> OfPath(UInt128 path)
    {
        var names = new List<string>();
        for (; path != 0; path >>= 8)
        {
            names.Insert(0, Of((Layer)(byte)path));
        }

        return names;
    }
}
