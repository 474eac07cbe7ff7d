using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>A call that waits for its response, and perhaps for the rest of its arguments.</summary>
/// <param name="call">The call.</param>
/// <param name="security">The security context that it was made in, or null.</param>
internal sealed class DceRpcPending(DceRpcCall call, DceRpcSecurity? security)
{
    private List<byte>? _arguments;

    /// <summary>Gets the call; what its arguments tell stands in it once they were told.</summary>
    public DceRpcCall Call { get; private set; } = call;

    /// <summary>Gets the security context that it was made in, or null.</summary>
    public DceRpcSecurity? Security { get; } = security;

    /// <summary>Gets a value indicating whether the rest of its arguments is waited for.</summary>
    public bool IsInParts => _arguments is not null;

    /// <summary>Takes the next part of the arguments, as far as there is room; tells whether more is waited for.</summary>
    public bool Add(ReadOnlySpan<byte> part)
    {
        _arguments ??= [];
        foreach (byte value in part[..Math.Min(part.Length, Limits.CallArguments - _arguments.Count)])
        {
            _arguments.Add(value);
        }

        return _arguments.Count < Limits.CallArguments;
    }

    /// <summary>Tells what the arguments say that are at hand.</summary>
    public void Tell()
    {
        if (_arguments is { } arguments)
        {
            _arguments = null;
            Tell(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(arguments));
        }
    }

    /// <summary>Tells what arguments say.</summary>
    public void Tell(ReadOnlySpan<byte> arguments) => Call = Call with { Detail = DceRpcArguments.Tell(Call.Interface, Call.Operation, arguments) };
}
