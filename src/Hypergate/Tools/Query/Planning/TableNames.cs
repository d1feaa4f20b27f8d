using Hypergate.Inventory.Tables;
using Hypergate.Schemas;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Planning;

/// <summary>Finds tables and columns by what people call them: case and <c>_</c> do not count, singular is as good as plural.</summary>
internal static class TableNames
{
    /// <param name="type">The kind of guest that the name alone asks for; null for all.</param>
    /// <exception cref="QueryException">There is no such table.</exception>
    public static TableDefinition Find(string name, Place place, out string? type)
    {
        var plain = Plain(name);
        type = plain.TrimEnd('s') switch { "qemuconfig" => "qemu", "lxcconfig" => "lxc", _ => null };
        if (type is not null)
        {
            return InventoryTables.Find("guest_configs")!;
        }

        foreach (var table in InventoryTables.All)
        {
            if (IsCalled(table.Name, plain) || table.Also.Any(also => IsCalled(also, plain)))
            {
                return table;
            }
        }

        var known = InventoryTables.All.Select(static table => table.Name);
        throw new QueryException(
            QueryCode.UnknownTable,
            $"There is no table '{Shown(name)}'.",
            place,
            NearestName.Find(name, known) is { } near ? $"Did you mean {near}?" : $"Tables: {string.Join(", ", known)}.");
    }

    /// <summary>The place of a column; −1 where there is none. Its own name comes before the other names of others.</summary>
    public static int IndexOf(TableDefinition table, string name)
    {
        var plain = Plain(name);
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (Plain(table.Columns[index].Name) == plain)
            {
                return index;
            }
        }

        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (table.Columns[index].Also.Any(also => Plain(also) == plain))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>A name as it is compared.</summary>
    public static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>A name as it is quoted in an error.</summary>
    public static string Shown(string name) => name.Length <= 60 ? name : $"{name[..60]}…";

    private static bool IsCalled(string table, string plain) => Plain(table) is var own && (own == plain || own[..^1] == plain);
}
