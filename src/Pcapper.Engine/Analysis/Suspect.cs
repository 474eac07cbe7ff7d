namespace Pcapper.Engine;

/// <summary>Which of the two hosts of a finding others may want to block.</summary>
public enum Suspect
{
    /// <summary>The source: it did something.</summary>
    Source,

    /// <summary>The destination: the source met it, and may be its victim.</summary>
    Destination,

    /// <summary>Neither: the traffic says nothing against either address, or what is suspect is something else, such as a name.</summary>
    Neither,
}
