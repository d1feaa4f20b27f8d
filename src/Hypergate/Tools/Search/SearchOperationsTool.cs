using System.Text;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Catalog.Search;
using Hypergate.Model;
using Hypergate.Tools.Domains;
using Hypergate.Tools.Utility;

namespace Hypergate.Tools.Search;

/// <summary><c>search_operations</c>: the operations that fit a question, each with what it takes.</summary>
/// <param name="surroundings">What it works with.</param>
/// <param name="indexes">The operations that are known.</param>
/// <param name="time">For the patience with platforms that are still read.</param>
internal sealed class SearchOperationsTool(ToolSurroundings surroundings, SearchIndexes indexes, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string Query = "query";
    private const int Standard = 8;
    private const int Most = 25;
    private const int LongestQuery = 500;
    private const int LongestSummary = 140;

    public ToolDefinition Tool => new()
    {
        Name = "search_operations",
        Title = "Search operations",
        Description = "Finds operations of the platforms by what you want to do, in plain words (start a vm, free space on storage). Then call_operation runs one.",
        InputSchema = ToolSchema.Closed(WriteArguments, Query),
        OutputSchema = ToolSchema.Write(static writer => writer.WriteString("type", "object")),
        Hints = ToolHints.Reading,
        Run = RunAsync,
    };

    private void WriteArguments(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Query);
        writer.WriteString("type", "string");
        writer.WriteNumber("minLength", 1);
        writer.WriteNumber("maxLength", LongestQuery);
        writer.WriteEndObject();
        if (surroundings.Backends.Count > 1)
        {
            ToolSchema.Choice(writer, OwnArguments.Backend, surroundings.Backends.Select(static backend => backend.Name));
        }

        writer.WriteStartObject(OwnArguments.Limit);
        writer.WriteString("type", "integer");
        writer.WriteNumber("minimum", 1);
        writer.WriteNumber("maximum", Most);
        writer.WriteEndObject();
    }

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (UtilityArguments.Unexpected(request.Arguments, Tool) is { } fault)
        {
            return fault;
        }

        var backend = request.Arguments.TryGetProperty(OwnArguments.Backend, out var named) ? named.GetString() : null;
        await SettledAsync(backend, cancellationToken);
        var limit = request.Arguments.TryGetProperty(OwnArguments.Limit, out var most) ? most.GetInt32() : Standard;
        return Answer(Find(request.Arguments.GetProperty(Query).GetString()!, backend, limit), backend);
    }

    // Platforms that are still read are waited for a little, so that their operations are among the answers; of one that is asked for by name, to its end.
    private async Task SettledAsync(string? backend, CancellationToken cancellationToken)
    {
        var settled = surroundings.SettledAsync(backend, cancellationToken);
        if (backend is not null)
        {
            await settled;
        }
        else if (!settled.IsCompleted)
        {
            await Task.WhenAny(settled, Task.Delay(Patience, time, cancellationToken));
        }
    }

    private List<Found> Find(string query, string? backend, int limit)
    {
        var index = indexes.Current;
        return [.. index.Operations.Find(query, limit, entry => Offering(index, entry, backend).Any())
            .Select(hit => new Found(hit.Operation.Operation, [.. Offering(index, hit.Operation, backend).Select(static candidate => candidate.Name)]))];
    }

    private IEnumerable<Backend> Offering(SearchIndex index, IndexedOperation entry, string? backend) => index.Backends[entry.Backend]
        .Where(candidate => (backend is null || candidate.Name == backend) && surroundings.Policies[candidate.Name].Shows(entry.Operation));

    private ToolResult Answer(List<Found> found, string? backend)
    {
        var text = new StringBuilder();
        foreach (var one in found)
        {
            text.Append(one.Names).Append(" [").Append(one.Access).Append("] ").Append(one.Summary).Append('\n');
        }

        if (found.Count == 0)
        {
            text.Append("Nothing fits these words; try others for the thing and for what to do with it.\n");
        }

        foreach (var gap in surroundings.Backends.Where(candidate => backend is null || candidate.Name == backend).Select(candidate => surroundings.Gap(candidate.Name)).OfType<string>())
        {
            text.Append(gap).Append('\n');
        }

        return new ToolResult(text.ToString().TrimEnd()) { Structured = ToolSchema.Write(writer => Write(writer, found)) };
    }

    private static void Write(Utf8JsonWriter writer, List<Found> found)
    {
        writer.WriteStartArray("operations");
        foreach (var one in found)
        {
            writer.WriteStartObject();
            writer.WriteString("operation", one.Operation.Name);
            writer.WriteStartArray("backends");
            one.Backends.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
            writer.WriteString("signature", one.Signature);
            writer.WriteString("access", one.Access);
            writer.WriteString("summary", one.Summary);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private sealed record Found(Operation Operation, List<string> Backends)
    {
        public string Signature => DomainDescription.Signature(Operation);

        /// <summary><c>xo.StartVm(id)</c>, or <c>StartVm(id) on xo1, xo2</c>.</summary>
        public string Names => Backends is [var only] ? $"{only}.{Signature}" : $"{Signature} on {string.Join(", ", Backends)}";

        public string Access => Operation.Access.ToString().ToLowerInvariant();

        public string Summary
        {
            get
            {
                var text = Operation.Description.Length > 0 ? Operation.Description : Operation.Title;
                var end = text.IndexOf(". ", StringComparison.Ordinal);
                text = end > 0 ? text[..(end + 1)] : text;
                return text.Length <= LongestSummary ? text : $"{text[..LongestSummary].TrimEnd()}…";
            }
        }
    }
}
