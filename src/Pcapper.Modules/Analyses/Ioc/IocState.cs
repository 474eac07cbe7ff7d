using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>The observables of a capture.</summary>
public sealed class IocState : AnalyzerState
{
    private const int MostAddresses = 100_000;
    private const int MostTexts = 50_000;

    /// <summary>Initializes a new instance of the <see cref="IocState"/> class.</summary>
    public IocState()
    {
        Addresses = Part(new PartMap<AddressKey, ObservableUse>(MostAddresses));
        Names = Part(new PartMap<TextKey, ObservableUse>(MostTexts));
        Urls = Part(new PartMap<TextKey, ObservableUse>(MostTexts));
        Files = Part(new PartMap<TextKey, ObservableUse>(MostTexts));
        Others = Part(new PartMap<Key2<NumberKey, TextKey>, ObservableUse>(MostTexts));
        Watched = Part(new PartMap<Key2<NumberKey, TextKey>, ObservableUse>(MostTexts));
    }

    internal PartMap<AddressKey, ObservableUse> Addresses { get; }

    internal PartMap<TextKey, ObservableUse> Names { get; }

    internal PartMap<TextKey, ObservableUse> Urls { get; }

    /// <summary>Gets files, by SHA-256.</summary>
    internal PartMap<TextKey, ObservableUse> Files { get; }

    /// <summary>Gets all else, by <see cref="IndicatorKind"/>.</summary>
    internal PartMap<Key2<NumberKey, TextKey>, ObservableUse> Others { get; }

    /// <summary>Gets what lists name, by <see cref="IndicatorKind"/>, in addition: however much else was seen, it is not crowded out.</summary>
    internal PartMap<Key2<NumberKey, TextKey>, ObservableUse> Watched { get; }

    internal bool IsComplete => Addresses.IsComplete && Names.IsComplete && Urls.IsComplete && Files.IsComplete && Others.IsComplete;
}
