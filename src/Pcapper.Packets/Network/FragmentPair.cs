namespace Pcapper.Packets;

/// <summary>The datagrams from one host to another that wait for pieces, the oldest first.</summary>
internal sealed class FragmentPair
{
    /// <summary>Gets the datagrams.</summary>
    public LinkedList<FragmentBuffer> Datagrams { get; } = [];

    /// <summary>Gets or sets the bytes that they hold in memory.</summary>
    public long Bytes { get; set; }

    /// <summary>Gets a value indicating whether they are more than is allowed.</summary>
    public bool IsTooMuch => Datagrams.Count > Limits.PairDatagrams || Bytes > Limits.PairDatagramBytes;
}
