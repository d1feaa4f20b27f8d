using System.Text.Json;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Clients;

/// <summary>The settings file of an assistant, in which one entry is ours. Everything else in it stays as it is.</summary>
internal sealed class ClientFile
{
    private const string Inputs = "inputs";
    private const char ByteOrderMark = '\uFEFF';

    private readonly ClientKind _kind;
    private readonly string _name;

    /// <param name="path">As documented; a link is followed.</param>
    /// <param name="name">Of our entry.</param>
    public ClientFile(ClientKind kind, string path, string name)
    {
        (_kind, _name) = (kind, name);
        Path = FileText.Behind(path);
    }

    public string Path { get; }

    /// <summary>The file as it was before our entry came into it; missing where there was none.</summary>
    public string Backup => $"{Path}.{_name}-backup";

    /// <summary>Puts the entry in; false where it stands there already, just so.</summary>
    /// <exception cref="SettingsException">The file cannot be read as JSON, or not be written; it is as it was.</exception>
    public bool Set(ClientEntry entry, bool isDryRun)
    {
        var before = FileText.Read(Path);
        var after = Change(before ?? "", text =>
        {
            text = text.Set(_kind.Container, _name, entry.Write(_kind, _name));
            return entry.Questions(_kind, _name).Where(question => QuestionOf(text, question.Id) is null).Aggregate(text, static (file, question) => file.AddItem(Inputs, question.Json));
        });
        if (after == before)
        {
            return false;
        }

        FileText.RequireUnprotected(Path);
        if (!isDryRun)
        {
            var isPrivate = before is null || entry.InFile(_kind).Count > 0;
            KeepBackup(before, entry);
            FileText.Write(Path, after, isPrivate);
        }

        return true;
    }

    /// <summary>Takes our entry away, or puts back the one that it replaced; false where there is none of ours.</summary>
    public bool Undo(ClientEntry entry, bool isDryRun)
    {
        if (FileText.Read(Path) is not { } before)
        {
            return false;
        }

        var old = FileText.Read(Backup) is { } backup ? Read(Bare(backup)) : null;
        var after = Change(before, text => Restored(text, old, entry));
        if (after == before)
        {
            return false;
        }

        FileText.RequireUnprotected(Path);
        if (!isDryRun)
        {
            Settle(after, wasThere: old is not null);
        }

        return true;
    }

    /// <summary>What the entry of our name starts, where that is not this program; null otherwise.</summary>
    public string? Foreign(ClientEntry entry) =>
        FileText.Read(Path) is { } text && Read(Bare(text)).Find(_kind.Container, _name) is { } present && !IsOurs(present, entry) ? present["command"]?.Text ?? "something else" : null;

    private void Settle(string after, bool wasThere)
    {
        if (!wasThere && Read(Bare(after)).Root.Members.Count == 0)
        {
            File.Delete(Path);
        }
        else
        {
            FileText.Write(Path, after, isPrivate: false);
        }

        File.Delete(Backup);
    }

    private JsoncText Restored(JsoncText text, JsoncText? old, ClientEntry entry)
    {
        if (text.Find(_kind.Container, _name) is not { } present || !IsOurs(present, entry))
        {
            return text;
        }

        if (old?.Find(_kind.Container, _name) is { } replaced && !IsOurs(replaced, entry))
        {
            return text.Put(present, old.Of(replaced));
        }

        text = Pruned(text.Remove(text.Find(_kind.Container)!, _name), old, _kind.Container);
        foreach (var (id, _) in entry.Questions(_kind, _name))
        {
            if (QuestionOf(text, id) is { } question && (old is null || QuestionOf(old, id) is null))
            {
                text = Pruned(text.RemoveItem(text.Find(Inputs)!, question), old, Inputs);
            }
        }

        return text;
    }

    // By the program that it starts, wherever that lies: an entry of the same name may be somebody else's.
    private static bool IsOurs(JsoncNode present, ClientEntry entry) =>
        present["command"]?.Text is { } command && NameOf(command) is var name && (name == NameOf(entry.Program) || name == "hypergate");

    private static string NameOf(string program)
    {
        var name = program[(program.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }

    private static JsoncText Pruned(JsoncText text, JsoncText? old, string container) =>
        text.Find(container) is { Members.Count: 0, Items.Count: 0 } && old?.Find(container) is null ? text.Remove(text.Root, container) : text;

    private static JsoncNode? QuestionOf(JsoncText text, string id) => text.Find(Inputs)?.Items.FirstOrDefault(item => item["id"]?.Text == id);

    private static string Bare(string text) => text.TrimStart(ByteOrderMark);

    private string Change(string text, Func<JsoncText, JsoncText> change)
    {
        var bare = Bare(text);
        try
        {
            return text[..(text.Length - bare.Length)] + change(Read(bare));
        }
        catch (JsonException exception)
        {
            throw new SettingsException($"{Path} cannot be changed: {exception.Message} Mend the file first; nothing was written");
        }
    }

    private JsoncText Read(string text)
    {
        try
        {
            return new(text);
        }
        catch (JsonException exception)
        {
            throw new SettingsException($"{Path} is no JSON: {exception.Message} Mend the file first; nothing was written");
        }
    }

    // An entry of ours that stands there already is no reason to forget what it replaced.
    private void KeepBackup(string? before, ClientEntry entry)
    {
        if (before is null && File.Exists(Backup))
        {
            File.Delete(Backup);
        }
        else if (before is not null && (Read(Bare(before)).Find(_kind.Container, _name) is not { } present || !IsOurs(present, entry)))
        {
            FileText.Write(Backup, before, isPrivate: true);
        }
    }
}
