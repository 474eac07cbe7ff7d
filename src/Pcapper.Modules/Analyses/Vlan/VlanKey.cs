using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Vlan;

/// <summary>The VLAN identifiers of a tag stack, outermost first; priorities left out.</summary>
/// <param name="Count">How many tags.</param>
/// <param name="Ids">Twelve bits each, the outermost lowest.</param>
public readonly record struct VlanKey(int Count, long Ids) : IStateKey<VlanKey>
{
    private const int Bits = 12;

    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Ids).And(Count);

    /// <summary>Makes the key of a stack.</summary>
    public static VlanKey Of(in VlanStack tags)
    {
        long ids = 0;
        for (int i = 0; i < tags.Count; i++)
        {
            ids |= (long)tags.Id(i) << (Bits * i);
        }

        return new(tags.Count, ids);
    }

    /// <summary>Gets the identifier of a tag.</summary>
    public int Id(int index) => (int)((Ids >> (Bits * index)) & 0xFFF);

    /// <inheritdoc/>
    public static VlanKey Read(ref StateReader reader) => new((int)reader.Number(), reader.Number());

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Number(Count);
        writer.Number(Ids);
    }

    /// <inheritdoc/>
    public int CompareTo(VlanKey other) => Count.CompareTo(other.Count) is not 0 and var c ? c : Ids.CompareTo(other.Ids);

    /// <summary>Writes the identifiers with dots between: <c>100.7</c>.</summary>
    public override string ToString()
    {
        VlanKey key = this;
        return string.Join('.', Enumerable.Range(0, Count).Select(i => key.Id(i).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
