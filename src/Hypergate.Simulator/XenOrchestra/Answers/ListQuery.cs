using System.Globalization;
using Hypergate.Simulator.XenOrchestra.Filters;
using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>What a client wants of a list.</summary>
internal sealed record ListQuery
{
    /// <summary>Null: only the addresses.</summary>
    public FieldPicker? Fields { get; private init; }

    public FilterTerm Filter { get; private init; } = FilterTerm.Everything;

    /// <summary>The first so many; a negative number takes all.</summary>
    public double Limit { get; private init; } = double.PositiveInfinity;

    public ListForm Form { get; private init; }

    /// <exception cref="XoError">400 for a filter that is none, 422 for two forms at once.</exception>
    public static ListQuery Of(Operation operation, IReadOnlyDictionary<string, string> query)
    {
        var isNdjson = Is(operation, query, "ndjson");
        var isMarkdown = Is(operation, query, "markdown");
        if (isNdjson && isMarkdown)
        {
            throw new XoError(422, "Cannot use both ndjson and markdown output formats simultaneously");
        }

        return new ListQuery
        {
            Fields = !operation.Takes("fields") ? FieldPicker.Of("*")
                : query.TryGetValue("fields", out var fields) ? FieldPicker.Of(fields) : null,
            Filter = query.TryGetValue("filter", out var filter) ? Parse(filter) : FilterTerm.Everything,
            Limit = query.TryGetValue("limit", out var limit) ? double.Parse(limit, CultureInfo.InvariantCulture) : double.PositiveInfinity,
            Form = isNdjson ? ListForm.Ndjson : isMarkdown ? ListForm.Markdown : ListForm.Json,
        };
    }

    /// <summary>A filter of a query.</summary>
    /// <exception cref="XoError">400 with the text that could not be read.</exception>
    public static FilterTerm Parse(string filter)
    {
        try
        {
            return FilterParser.Parse(filter);
        }
        catch (FilterSyntaxException wrong)
        {
            throw new XoError(400, wrong.Message)
            {
                ErrorData = new System.Text.Json.Nodes.JsonObject { ["stringToParse"] = filter },
            };
        }
    }

    private static bool Is(Operation operation, IReadOnlyDictionary<string, string> query, string name) =>
        operation.Takes(name) && query.TryGetValue(name, out var text) && bool.Parse(text);
}
