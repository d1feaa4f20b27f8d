using System.Text.Json;
using Hypergate.Catalog;
using Hypergate.Inventory;
using Hypergate.Results;

namespace Hypergate.Tools.Fleet;

/// <summary>The fleet surface: curated tools that are the same on every platform.</summary>
internal sealed class FleetSurface(FleetRoom room)
{
    /// <summary>The tools for a catalog, by name: those that change something only where a backend offers the change.</summary>
    public IReadOnlyList<ToolDefinition> Build(CatalogSnapshot catalog) => room.Backends.Count == 0
        ? []
        : [.. FleetTools.All.Where(tool => tool.IsOn(room.Settings))
            .Select(tool => (Tool: tool, Backends: Backends(tool, catalog)))
            .Where(static entry => entry.Backends.Count > 0)
            .Select(entry => Define(entry.Tool, entry.Backends))
            .OrderBy(static tool => tool.Name, StringComparer.Ordinal)];

    // One that has not answered yet stays choosable, so that a call says what is wrong there.
    private List<string> Backends(FleetTool tool, CatalogSnapshot catalog) => [.. room.Backends
        .Where(backend => tool.Changes.Count == 0 || backend.Backend.Options.Actions)
        .Where(backend => catalog.Find(backend.Name) is null || new FleetOffer(room, backend, catalog).Has(tool))
        .Select(static backend => backend.Name)];

    private ToolDefinition Define(FleetTool tool, List<string> backends)
    {
        var parameters = tool.AllParameters.Select(parameter => WithValues(tool, parameter, backends)).ToList();
        var schema = Input(parameters);
        return new ToolDefinition
        {
            Name = tool.Name,
            Title = tool.Title,
            Description = tool.Description,
            InputSchema = schema,
            OutputSchema = tool.Rows > 0 ? ListOutput : RecordOutput,
            Hints = tool.Hints,
            Run = (request, cancellationToken) => RunAsync(tool, parameters, schema, request, cancellationToken),
        };
    }

    private async Task<ToolResult> RunAsync(
        FleetTool tool, IReadOnlyList<FleetParameter> parameters, JsonElement schema, ToolRequest origin, CancellationToken cancellationToken)
    {
        try
        {
            var request = new FleetRequest(tool, room, FleetArguments.Read(tool.Name, parameters, schema, origin.Arguments, room.Time.GetUtcNow()), origin);
            return FleetWriter.Write(request, await tool.Run(request, cancellationToken));
        }
        catch (FleetException problem)
        {
            return FleetWriter.Write(problem);
        }
        catch (PlatformReadException problem)
        {
            return FleetWriter.Write(FleetProblems.Of(problem));
        }
    }

    private static JsonElement Input(List<FleetParameter> parameters) => ToolSchema.Open(
        writer => parameters.ForEach(parameter => parameter.Write(writer)),
        [.. parameters.Where(static parameter => parameter.Required).Select(static parameter => parameter.Name)]);

    // What is known only here: the configured backends and the formats.
    private static FleetParameter WithValues(FleetTool tool, FleetParameter parameter, List<string> backends) => parameter.Name switch
    {
        "backend" when ReferenceEquals(parameter, FleetParameter.Backend) => parameter with
        {
            Type = ArgumentType.Choice,
            Values = tool.Changes.Count == 0 ? [.. backends, FleetRequest.Every] : backends,
        },
        "format" => parameter with { Values = [.. ResultFormats.Flat.Select(static format => format.Name)] },
        _ => parameter,
    };

    private static JsonElement ListOutput { get; } = ToolSchema.Open(static writer =>
    {
        ToolSchema.Property(writer, "columns", "array");
        ToolSchema.Property(writer, "rows", "array");
        ToolSchema.Property(writer, "total", "integer");
        ToolSchema.Property(writer, "returned", "integer");
        ToolSchema.Property(writer, "next_cursor", "string");
        ToolSchema.Property(writer, "warnings", "array");
    });

    private static JsonElement RecordOutput { get; } = ToolSchema.Open(static writer => ToolSchema.Property(writer, "warnings", "array"));
}
