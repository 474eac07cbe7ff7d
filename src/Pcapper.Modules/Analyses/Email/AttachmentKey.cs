using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>An attachment: the same content under the same name is one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Declared">The declared type.</param>
/// <param name="Sniffed">The type by content.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its hash, empty if not whole.</param>
/// <param name="Traits">What is risky about it.</param>
internal readonly record struct AttachmentKey(TextKey Name, TextKey Declared, TextKey Sniffed, long Bytes, TextKey Sha256, AttachmentTraits Traits) : IStateKey<AttachmentKey>
{
    public ulong StableHash => KeyHash.Of(Bytes).And(Name).And(Sha256);

    public static AttachmentKey Of(MailAttachment attachment)
        => new(attachment.Name, attachment.Declared, attachment.Sniffed, attachment.Bytes, attachment.Sha256, attachment.Traits);

    public static AttachmentKey Read(ref StateReader reader) => new(
        TextKey.Read(ref reader), TextKey.Read(ref reader), TextKey.Read(ref reader), reader.Number(), TextKey.Read(ref reader), (AttachmentTraits)reader.Number(0, ushort.MaxValue));

    public void Write(StateWriter writer)
    {
        Name.Write(writer);
        Declared.Write(writer);
        Sniffed.Write(writer);
        writer.Number(Bytes);
        Sha256.Write(writer);
        writer.Number((long)Traits);
    }

    public int CompareTo(AttachmentKey other)
        => Name.CompareTo(other.Name) is not 0 and var name ? name
            : Sha256.CompareTo(other.Sha256) is not 0 and var hash ? hash
            : Declared.CompareTo(other.Declared) is not 0 and var declared ? declared
            : Sniffed.CompareTo(other.Sniffed) is not 0 and var sniffed ? sniffed
            : Bytes.CompareTo(other.Bytes) is not 0 and var bytes ? bytes
            : ((int)Traits).CompareTo((int)other.Traits);
}
