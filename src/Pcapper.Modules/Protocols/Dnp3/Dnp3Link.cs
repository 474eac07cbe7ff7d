using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>What one master and one outstation say to each other.</summary>
internal sealed class Dnp3Link : Group
{
    /// <summary>Initializes a new instance of the <see cref="Dnp3Link"/> class.</summary>
    public Dnp3Link()
        : base(12)
    {
        Requests = Part(new Count());
        Answers = Part(new Count());
        Reports = Part(new Count());
        LinkOnly = Part(new Count());
        Asked = Part(new Extent());
        Commands = Part(new FrameSample());
        Indications = Part(new Counters(Dnp3Names.Indications));
        Restarts = Part(new FrameSample());
        Corrupt = Part(new FrameSample());
        AuthenticationErrors = Part(new FrameSample());
        Unselected = Part(new FrameSample());
        Times = Part(new Extent());
    }

    /// <summary>Gets the requests.</summary>
    public Count Requests { get; }

    /// <summary>Gets the answers.</summary>
    public Count Answers { get; }

    /// <summary>Gets the unsolicited responses.</summary>
    public Count Reports { get; }

    /// <summary>Gets the frames that carry no fragment.</summary>
    public Count LinkOnly { get; }

    /// <summary>Gets when the master asked.</summary>
    public Extent Asked { get; }

    /// <summary>Gets its commands.</summary>
    public FrameSample Commands { get; }

    /// <summary>Gets how often each internal indication was set.</summary>
    public Counters Indications { get; }

    /// <summary>Gets where the outstation said that it had restarted, having said before that it had not.</summary>
    public FrameSample Restarts { get; }

    /// <summary>Gets where it said that its configuration is corrupt.</summary>
    public FrameSample Corrupt { get; }

    /// <summary>Gets the errors of authentication.</summary>
    public FrameSample AuthenticationErrors { get; }

    /// <summary>Gets the operates without a select.</summary>
    public FrameSample Unselected { get; }

    /// <summary>Gets when there was anything.</summary>
    public Extent Times { get; }
}
