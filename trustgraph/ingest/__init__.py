"""Files of other programs become a `Network`, with a report of every row that was not used."""

from trustgraph.ingest.archives import ReadLimits
from trustgraph.ingest.csv_files import read_csv, write_csv
from trustgraph.ingest.forgetting import forget
from trustgraph.ingest.frames import from_frames
from trustgraph.ingest.graph_files import read_gexf, read_graphml, write_gexf, write_graphml
from trustgraph.ingest.json_files import read_json, write_json
from trustgraph.ingest.linkedin import read_linkedin
from trustgraph.ingest.linkedin.inspect import (
    FoundFile,
    Inspection,
    MissingTable,
    ToLookAt,
    inspect_archive,
)
from trustgraph.ingest.mail import read_mail
from trustgraph.ingest.merging import merge_people, split_person
from trustgraph.ingest.naming import organisation_names, rename_organisations
from trustgraph.ingest.network_data import network_from_dict, network_to_dict
from trustgraph.ingest.networks import pool_networks
from trustgraph.ingest.outcomes import read_outcomes, write_outcomes
from trustgraph.ingest.parquet import read_parquet, write_parquet
from trustgraph.ingest.proposals import possible_duplicates
from trustgraph.ingest.pseudonyms import pseudonym, pseudonymise
from trustgraph.ingest.safe_csv import safe_csv, write_safe_csv
from trustgraph.ingest.sharing import share
from trustgraph.ingest.visibility import Coverage, Further, OwnerCoverage, coverage

__all__ = [
    "Coverage",
    "FoundFile",
    "Further",
    "Inspection",
    "MissingTable",
    "OwnerCoverage",
    "ReadLimits",
    "ToLookAt",
    "coverage",
    "forget",
    "from_frames",
    "inspect_archive",
    "merge_people",
    "network_from_dict",
    "network_to_dict",
    "organisation_names",
    "pool_networks",
    "possible_duplicates",
    "pseudonym",
    "pseudonymise",
    "read_csv",
    "read_gexf",
    "read_graphml",
    "read_json",
    "read_linkedin",
    "read_mail",
    "read_outcomes",
    "read_parquet",
    "rename_organisations",
    "safe_csv",
    "share",
    "split_person",
    "write_csv",
    "write_gexf",
    "write_graphml",
    "write_json",
    "write_outcomes",
    "write_parquet",
    "write_safe_csv",
]
