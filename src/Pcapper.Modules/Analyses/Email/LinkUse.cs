using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>Where a URL or an attachment was seen.</summary>
internal sealed class LinkUse : Group
{
    private const int Few = 3;

    public LinkUse()
        : base(4)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Senders = Part(new Texts(Few));
        Subjects = Part(new Texts(Few));
    }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Gets who sent it.</summary>
    public Texts Senders { get; }

    /// <summary>Gets the subjects of the mails.</summary>
    public Texts Subjects { get; }
}
