using Hypergate.Backends.Proxmox;
using Hypergate.Backends.XenOrchestra;
using Hypergate.Catalog.Search;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Descriptions.ProxmoxApi;
using Hypergate.Model;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.XenOrchestra.Description;

namespace Hypergate.Tests.Catalog.Search;

/// <summary>The golden questions, and the operations of two platforms that they are asked of.</summary>
internal static class GoldenQuestions
{
    private static readonly Lazy<IReadOnlyList<IndexedOperation>> XenOrchestraOnce = new(static () => Entries("xo", "Xen Orchestra XCP-ng xo", XenOrchestraOperations()));
    private static readonly Lazy<IReadOnlyList<IndexedOperation>> ProxmoxOnce = new(static () => Entries("pve", "Proxmox VE pve", ProxmoxApiReader.Read(ApiDoc.Bytes, ProxmoxDescription.Rules).Operations));

    /// <param name="Language">en, fr or de.</param>
    /// <param name="Text">As a person would ask.</param>
    /// <param name="Right">Operations that answer it: <c>xo.StartVm</c>.</param>
    public sealed record Golden(string Language, string Text, IReadOnlyList<string> Right);

    public static IReadOnlyList<IndexedOperation> XenOrchestra => XenOrchestraOnce.Value;

    public static IReadOnlyList<IndexedOperation> Everything => [.. XenOrchestra, .. ProxmoxOnce.Value];

    public static IReadOnlyList<Golden> Read(string file) =>
        [.. File.ReadAllLines(Repository.Path("tests", "Hypergate.Tests", "Data", "search", file))
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(static line => line.Split('\t'))
            .Select(static parts => new Golden(parts[0], parts[1], parts[2].Split(' ')))];

    /// <summary>The share of the right operations that are among the first five; a question with more than five right ones does not occur.</summary>
    public static double Recall(Golden question, Func<string, IReadOnlyList<SearchHit>> find, string prefix = "")
    {
        var right = question.Right.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var found = find(question.Text).Take(5).Select(NameOf).ToList();
        return (double)right.Count(found.Contains) / right.Count;
    }

    public static string NameOf(SearchHit hit) => $"{hit.Operation.Backend}.{hit.Operation.Operation.Name}";

    private static IReadOnlyList<Operation> XenOrchestraOperations() =>
        OpenApiReader.Read(System.Text.Encoding.UTF8.GetBytes(XoDescription.Document.ToJsonString()), XenOrchestraDescription.Rules).Operations;

    private static IReadOnlyList<IndexedOperation> Entries(string backend, string platform, IEnumerable<Operation> operations) =>
        [.. operations.Where(static operation => !operation.Deprecated).Select(operation => new IndexedOperation(backend, platform, operation))];
}
