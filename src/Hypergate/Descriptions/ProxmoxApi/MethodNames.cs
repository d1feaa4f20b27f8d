using System.Text;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>
/// Names for methods that have none of their own, made of method and path so that they stay the same from release to release:
/// <c>list_qemu</c>, <c>get_qemu_config</c>, <c>create_qemu_snapshot</c>, <c>stop_lxc</c>. What <c>{node}</c> stands before is left out.
/// </summary>
internal static class MethodNames
{
    private const int Longest = 64;

    // Methods that do something else than their place says.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["POST /nodes/{node}/qemu/{vmid}/config"] = "configure_qemu",
        ["POST /nodes/{node}/qemu/{vmid}/migrate"] = "migrate_qemu",
        ["POST /nodes/{node}/lxc/{vmid}/migrate"] = "migrate_lxc",
        ["GET /nodes/{node}/qemu/{vmid}/migrate"] = "check_qemu_migration",
        ["GET /nodes/{node}/lxc/{vmid}/migrate"] = "check_lxc_migration",
        ["POST /nodes/{node}/qemu/{vmid}/agent"] = "run_qemu_agent",
        ["PUT /nodes/{node}/qemu/{vmid}/cloudinit"] = "regenerate_qemu_cloudinit",
        ["POST /nodes/{node}/status"] = "reboot_or_shutdown_node",
        ["POST /nodes/{node}/vzdump"] = "vzdump",
        ["PUT /nodes/{node}/network"] = "apply_network",
        ["DELETE /nodes/{node}/network"] = "revert_network",
        ["DELETE /nodes/{node}/tasks/{upid}"] = "stop_task",
        ["PUT /cluster/sdn"] = "apply_cluster_sdn",
        ["PUT /access/password"] = "change_password",
    };

    /// <summary>The names, in the order of the methods; each occurs once.</summary>
    public static string[] Assign(IReadOnlyList<DeclaredMethod> methods)
    {
        var names = new string[methods.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);

        // Of several that would share a name the shortest path has it, so that a new release's deeper path cannot take it away.
        foreach (var index in Enumerable.Range(0, methods.Count).OrderBy(index => methods[index].Path.Count('/')).ThenBy(index => methods[index].Path, StringComparer.Ordinal))
        {
            names[index] = Candidates(methods[index]).Select(Cut).First(taken.Add);
        }

        return names;
    }

    private static IEnumerable<string> Candidates(DeclaredMethod method)
    {
        if (Exceptions.TryGetValue($"{method.Method} {method.Path}", out var exception))
        {
            yield return exception;
        }

        var (verb, words) = Parts(method);
        yield return Join(verb, words);
        var segments = method.Path.Trim('/').Split('/');
        if (segments is ["nodes", "{node}", _] or ["nodes", "{node}", _, _])
        {
            yield return Join(verb, ["node", .. words]);
        }

        // What the path adds to the one that has the name: the name of its last placeholder, then all of it.
        foreach (var segment in segments.Reverse().Where(static segment => segment.StartsWith('{')))
        {
            yield return Join(verb, [.. words, segment]);
        }

        yield return Join(method.Method, segments);
        for (var tail = 'a'; tail <= 'z'; tail++)
        {
            yield return Cut(Join(method.Method, segments))[..Math.Min(Longest - 2, Cut(Join(method.Method, segments)).Length)] + $"_{tail}";
        }
    }

    private static (string Verb, List<string> Words) Parts(DeclaredMethod method)
    {
        var segments = method.Path.Trim('/').Split('/').ToList();
        var ofNode = segments is ["nodes", "{node}", _, ..];
        if (ofNode)
        {
            segments.RemoveRange(0, segments.Count == 3 && !method.HasMembers && !IsAction(method) ? 1 : 2);
        }

        var verb = Verb(method);
        if (IsAction(method))
        {
            segments.RemoveAt(segments.Count - 1);
            if (segments is [.., "status"])
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }
        else if (segments is [_, .., "current"])
        {
            segments.RemoveAt(segments.Count - 1);
        }

        return (verb, Literal(segments, method, ofNode));
    }

    private static List<string> Literal(List<string> segments, DeclaredMethod method, bool ofNode)
    {
        var words = new List<string>();
        for (var index = 0; index < segments.Count; index++)
        {
            if (segments[index].StartsWith('{'))
            {
                if (index == 0 && ofNode)
                {
                    words.Add("node");
                }

                continue;
            }

            var isLast = index == segments.Count - 1;
            var isOne = (!isLast && segments[index + 1].StartsWith('{')) || (isLast && (method.Method == "POST" || IsAction(method)));
            words.Add(isOne ? Singular(segments[index]) : segments[index]);
        }

        return words;
    }

    private static string Verb(DeclaredMethod method) => method.Method switch
    {
        _ when IsAction(method) => method.Path[(method.Path.LastIndexOf('/') + 1)..],
        "GET" => method.IsList ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        _ => "delete",
    };

    // A path that can only be written to is a thing to do: /status/stop. One that can be read, or has members, is a thing.
    private static bool IsAction(DeclaredMethod method) =>
        method.Method is "POST" or "PUT" && !method.HasMembers && method.Siblings.Count == 1 && !method.Path.EndsWith('}');

    private static string Singular(string word) => word switch
    {
        "aliases" => "alias",
        "dns" or "zfs" or "mds" or "fs" or "access" => word,
        _ when word.Contains('_', StringComparison.Ordinal) => word,
        _ => Words.Singular(word),
    };

    private static string Join(string verb, IEnumerable<string> words)
    {
        var text = new StringBuilder();
        foreach (var character in string.Join('_', words.Prepend(verb)))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                text.Append(char.ToLowerInvariant(character));
            }
            else if (text.Length > 0 && text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.ToString().TrimEnd('_');
    }

    private static string Cut(string name) => name.Length <= Longest ? name : name[..Longest];
}
