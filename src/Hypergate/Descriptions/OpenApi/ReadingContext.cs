using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>What the readers of one document share.</summary>
internal sealed class ReadingContext
{
    public ReadingContext(JsonElement root, DescriptionRules rules)
    {
        Rules = rules;
        References = new References(root, rules.Limits);
        Budget = new ReadingBudget(rules.Limits);
        Schemas = new SchemaReader(References, Budget, rules.MeaninglessTexts);
    }

    public DescriptionRules Rules { get; }

    public References References { get; }

    public ReadingBudget Budget { get; }

    public SchemaReader Schemas { get; }

    public List<string> Warnings { get; } = [];
}
