using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>A mail as a row of a table; ordered by time.</summary>
internal readonly record struct MailRow(
    Timestamp Time, FrameRef Frame, TextKey Protocol, IpAddress Sender, IpAddress Receiver, TextKey From, TextKey To, long More, TextKey Subject, TextKey Files, long FileCount, long Bytes, long Code, bool IsComplete)
    : IStateKey<MailRow>
{
    public ulong StableHash => KeyHash.Of(Time.Nanoseconds).And(Frame.Number).And(Sender).And(Receiver).And(From);

    public static MailRow Read(ref StateReader reader) => new(
        reader.Time(), reader.Frame(), TextKey.Read(ref reader), reader.Address(), reader.Address(), TextKey.Read(ref reader), TextKey.Read(ref reader), reader.Number(),
        TextKey.Read(ref reader), TextKey.Read(ref reader), reader.Number(), reader.Number(), reader.Number(), reader.Flag());

    public void Write(StateWriter writer)
    {
        writer.Time(Time);
        writer.Frame(Frame);
        Protocol.Write(writer);
        writer.Address(Sender);
        writer.Address(Receiver);
        From.Write(writer);
        To.Write(writer);
        writer.Number(More);
        Subject.Write(writer);
        Files.Write(writer);
        writer.Number(FileCount);
        writer.Number(Bytes);
        writer.Number(Code);
        writer.Flag(IsComplete);
    }

    public int CompareTo(MailRow other)
        => Time.CompareTo(other.Time) is not 0 and var time ? time
            : Frame.CompareTo(other.Frame) is not 0 and var frame ? frame
            : Protocol.CompareTo(other.Protocol) is not 0 and var protocol ? protocol
            : Sender.CompareTo(other.Sender) is not 0 and var sender ? sender
            : Receiver.CompareTo(other.Receiver) is not 0 and var receiver ? receiver
            : From.CompareTo(other.From) is not 0 and var from ? from
            : To.CompareTo(other.To) is not 0 and var to ? to
            : More.CompareTo(other.More) is not 0 and var more ? more
            : Subject.CompareTo(other.Subject) is not 0 and var subject ? subject
            : Files.CompareTo(other.Files) is not 0 and var files ? files
            : FileCount.CompareTo(other.FileCount) is not 0 and var count ? count
            : Bytes.CompareTo(other.Bytes) is not 0 and var bytes ? bytes
            : Code.CompareTo(other.Code) is not 0 and var code ? code
            : IsComplete.CompareTo(other.IsComplete);
}
