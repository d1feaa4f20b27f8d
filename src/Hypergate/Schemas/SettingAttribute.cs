namespace Hypergate.Schemas;

/// <summary>
/// What a person must know of one setting. The settings' JSON Schema and their documentation are made from these, and
/// <c>hypergate.yaml</c> is checked against that schema before it becomes settings. Limits of a list or a map hold for what is in it.
/// </summary>
/// <param name="description">Sentences for people.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    public string Description => description;

    /// <summary>The words that are allowed, where the type does not say.</summary>
    public string[] Values { get; init; } = [];

    /// <summary>A regular expression for the whole text.</summary>
    public string? Pattern { get; init; }

    public double Minimum { get; init; } = double.NaN;

    public double Maximum { get; init; } = double.NaN;

    /// <summary>Of a list.</summary>
    public int MinItems { get; init; }

    /// <summary>In words, where the default is not a constant.</summary>
    public string? DefaultText { get; init; }

    /// <summary>As one would write it in the file.</summary>
    public string? Example { get; init; }
}
