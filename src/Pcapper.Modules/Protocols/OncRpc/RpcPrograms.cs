using Pcapper.Engine;
using Pcapper.Modules.Protocols.Nfs;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>Has arguments and results read by the program they belong to, and states what came of the call.</summary>
internal sealed class RpcPrograms(FlowContext flow, RecordBus bus)
{
    private readonly Emitter<PortmapTransaction> _portmap = bus.Emitter<PortmapTransaction>();
    private readonly Emitter<MountTransaction> _mounts = bus.Emitter<MountTransaction>();
    private readonly Emitter<NfsTransaction> _nfs = bus.Emitter<NfsTransaction>();
    private readonly NfsHandles _handles = new();
    private readonly NfsTransfers _transfers = new(flow, bus);

    private bool WantsNfs => _nfs.IsWanted || _transfers.IsWanted;

    /// <summary>Tells whether a call carries so much content of a file that the rest need not be seen.</summary>
    public static bool IsBulkCall(RpcCall call, ReadOnlySpan<byte> arguments) => call.Program == RpcProgram.Nfs && NfsReader.IsWrite(call, arguments);

    /// <summary>Tells whether a call's reply carries content of a file.</summary>
    public static bool HasBulkReply(RpcCall call) => call.Arguments is List<NfsStep> steps && steps.Exists(s => s.IsRead);

    /// <summary>Gets a value indicating whether the content of files is wanted, so that it must be waited for.</summary>
    public bool WantsContents => _transfers.WantsContents;

    /// <summary>Reads the arguments of a call.</summary>
    public void ReadArguments(RpcCall call, ReadOnlySpan<byte> arguments)
    {
        call.Arguments = call.Program switch
        {
            RpcProgram.Portmap when _portmap.IsWanted => PortmapReader.ReadCall(call, arguments),
            RpcProgram.Mount when _mounts.IsWanted => MountReader.ReadCall(call, arguments),
            RpcProgram.Nfs when WantsNfs => NfsReader.ReadCall(call, arguments),
            _ => null,
        };
        if (call.Arguments is List<NfsStep> steps)
        {
            _transfers.Hold(steps, NfsReader.Arguments(call, arguments));
        }
    }

    /// <summary>The flow is over: states what was not closed.</summary>
    public void End() => _transfers.End();

    /// <summary>States a call with its reply, or without one.</summary>
    public void Finish(RpcCall call, RpcReply? reply, ReadOnlySpan<byte> results)
    {
        bool isSuccess = reply is { IsSuccess: true };
        switch (call.Program)
        {
            case RpcProgram.Nfs when WantsNfs:
                var steps = (List<NfsStep>)call.Arguments!;
                uint? status = isSuccess ? NfsReader.ReadReply(call, steps, results, _handles) : null;
                NfsPaths.Resolve(steps, _handles);
                _transfers.Take(call, isSuccess ? reply : null, steps, NfsReader.Results(call, results));

                if (!_nfs.IsWanted)
                {
                    break;
                }

                _nfs.Emit(new NfsTransaction
                {
                    Flow = flow.Id,
                    Frame = call.Frame,
                    Time = call.Time,
                    Direction = call.Direction,
                    Xid = call.Xid,
                    Version = call.Version,
                    Procedure = call.Procedure,
                    Credentials = call.Credentials,
                    IsAnswered = reply is not null,
                    IsRefused = reply is { IsSuccess: false },
                    ReplyFrame = reply?.Frame,
                    ResponseTime = reply?.Time - call.Time,
                    Name = NfsNames.Procedure(call.Version, call.Procedure),
                    Status = status,
                    Operations = [.. steps.Select(s => s.ToOperation())],
                });
                break;
            case RpcProgram.Mount when _mounts.IsWanted:
                (uint? mounted, List<string> exports) = isSuccess ? MountReader.ReadReply(call, results) : (null, []);
                _mounts.Emit(new MountTransaction
                {
                    Flow = flow.Id,
                    Frame = call.Frame,
                    Time = call.Time,
                    Direction = call.Direction,
                    Xid = call.Xid,
                    Version = call.Version,
                    Procedure = call.Procedure,
                    Credentials = call.Credentials,
                    IsAnswered = reply is not null,
                    IsRefused = reply is { IsSuccess: false },
                    ReplyFrame = reply?.Frame,
                    ResponseTime = reply?.Time - call.Time,
                    Name = MountReader.Name(call.Procedure),
                    Path = (string?)call.Arguments,
                    Status = mounted,
                    Exports = exports,
                });
                break;
            case RpcProgram.Portmap when _portmap.IsWanted:
                var question = (PortmapReader.Question)call.Arguments!;
                (string? address, uint length) = isSuccess ? PortmapReader.ReadReply(call, results) : default;
                _portmap.Emit(new PortmapTransaction
                {
                    Flow = flow.Id,
                    Frame = call.Frame,
                    Time = call.Time,
                    Direction = call.Direction,
                    Xid = call.Xid,
                    Version = call.Version,
                    Procedure = call.Procedure,
                    Credentials = call.Credentials,
                    IsAnswered = reply is not null,
                    IsRefused = reply is { IsSuccess: false },
                    ReplyFrame = reply?.Frame,
                    ResponseTime = reply?.Time - call.Time,
                    Name = PortmapReader.Name(call.Version, call.Procedure),
                    Program = question.Program,
                    Address = address,
                    LongestText = Math.Max(question.LongestText, length),
                    IsLongestInReply = length > question.LongestText,
                });
                break;
        }

        call.Arguments = null;
    }
}
