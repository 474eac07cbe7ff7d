namespace Pcapper.Modules.Protocols.Http2;

/// <summary>Kinds of frames (RFC 9113, 6) that the parser looks into; the others are passed over.</summary>
internal enum Http2FrameType : byte
{
    Data = 0,
    Headers = 1,
    ResetStream = 3,
    PushPromise = 5,
    Continuation = 9,
}
