namespace Pcapper.Modules.Protocols.Ics;

/// <summary>How an industrial protocol words what all of them do; what its tables and findings need to know of it.</summary>
internal abstract class IcsDialect
{
    /// <summary>Gets the name of the protocol as people write it: <c>Modbus</c>.</summary>
    public abstract string Title { get; }

    /// <summary>Gets the port that its servers usually have, where Wireshark dissects it.</summary>
    public abstract int Port { get; }

    /// <summary>Gets what it calls a device behind a server: <c>unit</c>.</summary>
    public abstract string StationWord { get; }

    /// <summary>Gets Wireshark's name of the protocol.</summary>
    public abstract string FilterName { get; }

    /// <summary>Names a function.</summary>
    public abstract string Name(long call);

    /// <summary>Gets the function code, without a sub-function.</summary>
    public abstract long Function(long call);

    /// <summary>Tells what a function does.</summary>
    public abstract IcsAction Action(long call);

    /// <summary>Names a table: <c>holding register</c>.</summary>
    public abstract string Table(int table);

    /// <summary>Tells whether values of a table are bits, which have no rate of change.</summary>
    public abstract bool IsBit(int table);

    /// <summary>Names a refusal.</summary>
    public abstract string Refusal(int reason);

    /// <summary>Tells whether a refusal says that the device failed or is busy.</summary>
    public abstract bool IsFailure(int reason);

    /// <summary>Tells whether a refusal says that what was asked for does not exist.</summary>
    public abstract bool IsUnknown(int reason);

    /// <summary>Gets the display filter of requests of a function.</summary>
    public abstract string CallFilter(long call);

    /// <summary>Gets the display filter of a station that is asked.</summary>
    public abstract string StationFilter(long station);

    /// <summary>Gets the display filter of answers that refuse.</summary>
    public abstract string RefusalFilter { get; }

    /// <summary>Writes a value for people.</summary>
    public virtual string Value(int table, long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Writes what a request is about, for people.</summary>
    public abstract string Place(IcsPollKey poll);

    /// <summary>Tells whether a function is what a server says unasked.</summary>
    public virtual bool IsReport(long call) => false;

    /// <summary>Tells which function an answer answers.</summary>
    public virtual long AskedBy(IcsMessage answer) => answer.Call;
}
