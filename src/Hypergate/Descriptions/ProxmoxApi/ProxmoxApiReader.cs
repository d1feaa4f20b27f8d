using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>
/// Reads the file from which Proxmox VE's own API viewer lives: JavaScript that begins with the tree of all paths as a JSON array.
/// The array is read as JSON and nothing is ever run; what follows it is not looked at.
/// </summary>
public static class ProxmoxApiReader
{
    private const int LargestTree = 16 * 1024 * 1024;
    private const int DeepestTree = 128;

    /// <param name="script">The file as UTF-8; not needed any more afterwards.</param>
    /// <param name="rules">What the kind of backend adds to it.</param>
    /// <exception cref="DescriptionException">The whole file is unusable; the text says why.</exception>
    public static Description Read(ReadOnlyMemory<byte> script, DescriptionRules rules)
    {
        using var document = Parse(script.Span);
        try
        {
            return Read(document.RootElement, rules);
        }
        catch (InvalidOperationException exception)
        {
            throw new DescriptionException("The API description holds texts that are not valid Unicode", exception);
        }
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> script)
    {
        if (script.Length > LargestTree)
        {
            throw new DescriptionException($"The API description has {script.Length} bytes; the limit is {LargestTree}");
        }

        var start = script.IndexOf((byte)'[');
        if (start < 0)
        {
            throw new DescriptionException("The API description holds no array: is the address that of Proxmox VE?");
        }

        try
        {
            var reader = new Utf8JsonReader(script[start..], new JsonReaderOptions { MaxDepth = DeepestTree });
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException exception)
        {
            throw new DescriptionException($"The API description cannot be read: {exception.Message}", exception);
        }
    }

    private static Description Read(JsonElement tree, DescriptionRules rules)
    {
        var declared = DeclaredMethods.In(tree, rules.Limits.Operations);
        var names = MethodNames.Assign(declared);
        var (operations, dropped, warnings) = (new List<Operation>(declared.Count), new List<DroppedOperation>(), new List<string>());
        var reader = new MethodReader(rules);
        for (var index = 0; index < declared.Count; index++)
        {
            var route = new Route(names[index], declared[index].Method, declared[index].Path);
            try
            {
                if (NotOffered(declared[index], rules) is { } reason)
                {
                    dropped.Add(new DroppedOperation(route, reason));
                    continue;
                }

                operations.Add(reader.Read(declared[index], route));
            }
            catch (Exception exception) when (exception is UnusableOperationException or InvalidOperationException
                or ArgumentException or JsonException or FormatException)
            {
                var fault = exception is UnusableOperationException ? exception.Message : "it holds texts that cannot be read";
                dropped.Add(new DroppedOperation(route, fault));
                warnings.Add($"{route} was left out: {fault}.");
            }
        }

        return operations.Count == 0
            ? throw new DescriptionException("The API description names no operation")
            : new Description { Operations = operations, Title = "Proxmox VE", Dropped = dropped, Warnings = warnings };
    }

    private static string? NotOffered(DeclaredMethod method, DescriptionRules rules)
    {
        foreach (var excluded in rules.Excluded)
        {
            if (RoutePattern.Fits(excluded.Pattern, method.Path))
            {
                return excluded.Reason;
            }
        }

        return method.IsDirectory ? "a mere directory of what lies below it" : null;
    }
}
