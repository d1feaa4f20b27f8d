using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>What the readers of one document share.</summary>
internal sealed class ReadingContext
{
    public ReadingContext(JsonElement root, DescriptionRules rules)
    {
        Root = root;
        Rules = rules;
        References = new References(root, rules.Limits);
        Budget = new ReadingBudget(rules.Limits, rules.IsGeneral);
        Schemas = new SchemaReader(References, Budget, rules);
    }

    public JsonElement Root { get; }

    public DescriptionRules Rules { get; }

    public References References { get; }

    public ReadingBudget Budget { get; }

    public SchemaReader Schemas { get; }

    public List<string> Warnings { get; } = [];
}
