namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>Finds the paths that operations are about, and learns those of new handles.</summary>
internal static class NfsPaths
{
    public static void Resolve(List<NfsStep> steps, NfsHandles handles)
    {
        foreach (NfsStep step in steps)
        {
            string? at = handles.Find(step.Handle);
            step.Path = step.Name is null ? at : Join(at, step.Name);
            step.NewPath = step.NewName is null ? null : Join(step.NewHandle == 0 ? at : handles.Find(step.NewHandle), step.NewName);
            if (step.Status == 0)
            {
                handles.Add(step.Result, step.Path);
            }
        }
    }

    /// <summary>Joins a directory, which may be unknown, and a name in it.</summary>
    public static string Join(string? directory, string name)
        => name is "." ? directory ?? name : string.IsNullOrEmpty(directory) ? name : directory.EndsWith('/') ? directory + name : $"{directory}/{name}";
}
