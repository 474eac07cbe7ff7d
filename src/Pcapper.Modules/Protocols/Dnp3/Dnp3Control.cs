namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>A control relay output block, or an analogue output block (IEEE 1815, annex A.8 and A.19).</summary>
/// <param name="Group">12 for relays, 41 for analogue outputs.</param>
/// <param name="Variation">The variation.</param>
/// <param name="Index">Which output.</param>
/// <param name="Code">What is to be done, of relays; 0 of analogue outputs.</param>
/// <param name="Count">How often.</param>
/// <param name="OnTime">How long it is on, in milliseconds.</param>
/// <param name="OffTime">How long it is off, in milliseconds.</param>
/// <param name="Value">The value of an analogue output; of decimal numbers a million times it.</param>
/// <param name="Status">What came of it: 0 accepted.</param>
public readonly record struct Dnp3Control(byte Group, byte Variation, long Index, byte Code, byte Count, uint OnTime, uint OffTime, long Value, byte Status);
