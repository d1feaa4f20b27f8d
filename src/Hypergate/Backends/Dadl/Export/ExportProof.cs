using System.Text;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>
/// Reads the file back and lets each of its tools make the requests of its operation. What makes another request is taken out of the tool;
/// where the least request is another one, the tool goes.
/// </summary>
/// <param name="backend">Whose operations they are.</param>
/// <param name="write">The text of a file with these tools.</param>
internal sealed class ExportProof(BackendOptions backend, Func<IReadOnlyList<ExportTool>, string> write)
{
    private const int MostRounds = 5;

    private readonly List<LeftOut> _leftOut = [];

    /// <summary>The tools that are as their operations, and what of these they do not say.</summary>
    /// <exception cref="DescriptionException">The file would be too large to be read.</exception>
    public (IReadOnlyList<ExportTool> Tools, IReadOnlyList<LeftOut> LeftOut) Prove(IReadOnlyList<ExportTool> drafts)
    {
        List<ExportTool> open = [.. drafts];
        var proven = new Dictionary<Operation, ExportTool>((IEqualityComparer<Operation>)ReferenceEqualityComparer.Instance);
        for (var round = 0; round < MostRounds && open.Count > 0; round++)
        {
            open = Round(open, proven);
        }

        List<ExportTool> tools = [.. drafts.Select(draft => proven.GetValueOrDefault(draft.Operation)).OfType<ExportTool>()];
        return (tools, [.. _leftOut.Distinct().Where(left => left.Kind == LeftOutKind.Operation || tools.Exists(tool => tool.Operation.Name == left.Operation))]);
    }

    // Gives those that have changed, which are looked at again.
    private List<ExportTool> Round(IReadOnlyList<ExportTool> tools, Dictionary<Operation, ExportTool> proven)
    {
        var load = DadlReader.Read(Encoding.UTF8.GetBytes(write(tools)));
        var document = load.Document ?? throw new DescriptionException($"No file can be made of so much: {load.Problems[0].Text}. Fewer operations make one (rest.include and rest.exclude in the settings)");
        var comparison = new RequestComparison(backend, new PlatformUrls(document.BaseUrl!).First);
        var made = new DadlOperations(document, new DadlSettings { File = "", AllowUploads = true }, new DadlWish(backend.Http.Address, HasTransforms: true, HasScripts: true)).All(load.Unavailable)
            .ToDictionary(static operation => operation.Name, StringComparer.Ordinal);
        var faults = load.Problems.Where(static problem => problem.Tool is not null && DadlRules.SeverityOf(problem, DadlProfile.Registry) >= DadlSeverity.Error).ToLookup(static problem => problem.Tool, static problem => problem.Text, StringComparer.Ordinal);
        var changed = new List<ExportTool>();
        foreach (var tool in tools)
        {
            var result = faults[tool.Name].FirstOrDefault() is { } fault
                ? new ToolProof(null, [new LeftOut(tool.Operation.Name, LeftOutKind.Operation, "", fault)])
                : new ToolTrial(tool, made[tool.Name], comparison).Judge();
            _leftOut.AddRange(result.LeftOut);
            if (ReferenceEquals(result.Tool, tool))
            {
                proven.Add(tool.Operation, tool);
            }
            else if (result.Tool is { } other)
            {
                changed.Add(other);
            }
        }

        return changed;
    }
}
