namespace Pcapper.Engine;

/// <summary>
/// A piece of state that merges commutatively and associatively, and stores itself canonically: equal parts write equal bytes.
/// So a run cut into shards by any number of workers or machines ends in the same state.
/// </summary>
public interface IStatePart
{
    /// <summary>Adds what another part of the same type and shape knows; the other one stays as it is.</summary>
    void Merge(IStatePart other);

    /// <summary>Stores the part.</summary>
    void Write(StateWriter writer);

    /// <summary>Loads into a fresh part; on damaged input sets <see cref="StateReader.Failed"/>, never throws.</summary>
    void Read(ref StateReader reader);
}
