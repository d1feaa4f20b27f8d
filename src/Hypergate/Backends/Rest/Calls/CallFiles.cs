using Hypergate.Backends.Files;
using Hypergate.Model;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>The files that a call may name.</summary>
/// <param name="Bytes">What is behind a handle, for a part of a body; null where there is nothing, or too much.</param>
/// <param name="Path">Where it lies, for a whole body; null where there is nothing.</param>
internal sealed record CallFiles(Func<string, StoredBytes?> Bytes, Func<string, string?> Path)
{
    /// <summary>Those of the call's own caller.</summary>
    public static CallFiles Of(Call call, FileShelf? shelf)
    {
        return new CallFiles(handle => Read(Find(handle)), handle => Find(handle)?.Path);

        StoredFile? Find(string handle) => shelf?.Find(handle, call.Caller.Name);

        StoredBytes? Read(StoredFile? file) =>
            file is null || file.Size > call.Operation.Rules!.LargestBody ? null : new StoredBytes(file.Label.Name, file.Label.Type, File.ReadAllBytes(file.Path));
    }
}
